"use strict";
// The signing sheet: what the forum has decided, why, and who signs; the same on screen and on paper.
const Sheet = (() => {
  const { element } = List;
  const cell = (text, attributes = {}) => element("td", attributes, text);

  function table(title, heads, rows, kind = "decided-table") {
    const head = element("tr", {}, ...heads.map((text) => element("th", { scope: "col" }, text)));
    return element("table", { class: kind }, element("caption", {}, title), element("thead", {}, head), element("tbody", {}, ...rows));
  }

  function judged(own, context) {
    const told = context.criteria.filter(({ id }) => Number.isInteger(own.judged[id]));
    return Words.capital(told.map(({ id, title }) => `${title.toLowerCase()} ${own.judged[id]}`).join(", "));
  }

  /** declared, tried: weights in per cent, the report's and those the page stands at; titles: what they are called. */
  function show(state, context, declared, tried, titles) {
    const spoken = (weights) => weights.map((one, i) => `${titles[i]} ${one}\u00a0%`).join(", ");
    const isTried = tried.some((one, i) => one !== declared[i]);
    const told = Decision.decided(state, context);
    const ranks = Object.fromEntries(context.run.areas.map((figure) => [figure.area, figure]));
    const rows = told.map((area) => {
      const own = state.decisions[area.id];
      const figure = ranks[area.id];
      const place = figure ? `${figure.rank} (${Words.span(figure.rankLower, figure.rankUpper)})` : "mäts inte";
      return element("tr", {}, element("th", { scope: "row" }, area.name), cell(place, { class: "whole" }), cell(own.decision),
        cell(Decision.line(own.reason), { class: "free" }), cell(judged(own, context)));
    });
    const left = context.areas.filter((area) => !told.includes(area)).map((area) => area.inside);
    const roles = Decision.roles(state);
    const lines = (roles.length ? roles : ["", ""]).map((role) =>
      element("tr", {}, element("th", { scope: "row" }, role), cell("", { class: "sign" }), cell("", { class: "sign" })));
    const facts = [
      ["Gäller", `Lägesbild ${context.place} ${context.year}`],
      ["Forum", Decision.line(state.forum) || "ej ifyllt"],
      ["Datum", state.date || "ej ifyllt"],
      ["Rapportens vikter", spoken(declared)],
      ...(isTried ? [["Vikter som prövades på sidan", spoken(tried)]] : []),
      ["Rangordningens kontrollsumma (SHA-256)", context.sha256],
    ];
    const list = element("dl", {}, ...facts.map(([word, text]) =>
      element("div", {}, element("dt", {}, word), element("dd", {}, text))));
    const decided = rows.length
      ? table("Forumets beslut", ["Problemområde", "Plats i rapporten", "Beslut", "Motivering", "Bedömt (0–3)"], rows)
      : element("p", {}, "Inget beslut är ifyllt ännu.");
    const rest = rows.length && left.length ? [element("p", { class: "small" }, `Utan beslut: ${Words.listing(left)}.`)] : [];
    const label = context.label ? [element("p", { class: "label" }, context.label)] : [];
    document.getElementById("blad-innehall").replaceChildren(...label, list, decided, ...rest,
      element("p", {}, "Rangordningen är ett underlag. Besluten är kommunens och polisens."),
      table("Underskrifter", ["Roll", "Namnteckning", "Ort och datum"], lines, "signatures"));
  }

  return { show };
})();

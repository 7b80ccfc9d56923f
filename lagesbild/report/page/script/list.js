"use strict";
// The ranking as a list: place, interval, chance, and brackets round what cannot be told apart.
const List = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const TIERS = ["prioritera", "överväg", "bevaka"];

  /** An element with attributes and children; a text is always text. */
  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  function drawn(name, attributes) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  /** The score as a dot on its interval, 0 to 100; what it says stands in words beside it. */
  function bar(figure) {
    const picture = drawn("svg", { class: "bar-picture", "aria-hidden": "true", height: 22, width: "100%" });
    const [low, high, at] = [figure.lower, figure.upper, figure.score].map((points) => `${points.toFixed(2)}%`);
    picture.append(
      drawn("line", { class: "ground", x1: "0%", x2: "100%", y1: 11, y2: 11 }),
      drawn("line", { class: "middle", x1: "50%", x2: "50%", y1: 0, y2: 22 }),
      drawn("line", { class: "interval", x1: low, x2: high, y1: 11, y2: 11 }),
      drawn("circle", { class: "score", cx: at, cy: 11, r: 6 }),
    );
    return picture;
  }

  /** One lane per run of tied areas, runs that overlap beside one another: area -> [part per lane]. */
  function lanes(order, runs) {
    const found = Object.fromEntries(order.map((area) => [area, []]));
    const ends = [];
    for (const run of runs) {
      const first = order.indexOf(run[0]);
      const free = ends.findIndex((end) => end < first);
      const lane = free < 0 ? ends.length : free;
      ends[lane] = first + run.length - 1;
      run.forEach((area, i) => { found[area][lane] = i === 0 ? "start" : i === run.length - 1 ? "end" : "inside"; });
    }
    return { found, count: ends.length };
  }

  function bracket(parts, count) {
    const box = element("div", { class: "lanes", "aria-hidden": "true" });
    for (let lane = 0; lane < count; lane += 1) box.append(element("i", { class: `lane ${parts[lane] ?? ""}` }));
    return box;
  }

  /** One row. others: the areas it cannot be told from, as they stand in a sentence. */
  function row(figure, area, context, parts, count, others) {
    const { settings, certainty } = context;
    const level = Ranking.tier(figure.pTop, settings.tiers);
    const head = element("div", { class: "head" },
      element("span", { class: "place" }, String(figure.rank)),
      element("a", { href: `#omrade-${area.id}` }, area.name),
      element("span", { class: `tier tier-${TIERS.indexOf(level)}` }, level));
    const places = `Plats ${figure.rank} (${Words.span(figure.rankLower, figure.rankUpper)})`;
    const points = `${Words.number(figure.score)} poäng (${Words.span(Words.number(figure.lower), Words.number(figure.upper))})`;
    const body = element("div", { class: "body" }, head, bar(figure),
      element("p", {}, `${places}, ${points}.`),
      element("p", {}, Words.top(figure.pTop, settings.topK, certainty)),
      ...(others.length ? [element("p", { class: "small" }, Words.inseparableFrom(others))] : []));
    return element("li", { "data-area": area.id, "data-rank": figure.rank }, bracket(parts, count), body);
  }

  /** The row of an area that has no signal left without the source. */
  function lost(figure, area, context) {
    const { settings, certainty } = context;
    return element("li", { "data-area": area.id, class: "lost" }, element("div", { class: "body" },
      element("div", { class: "head" }, element("span", { class: "place" }, "–"), element("a", { href: `#omrade-${area.id}` }, area.name)),
      element("p", {}, `Ingen källa är kvar. ${Words.top(figure.pTop, settings.topK, certainty)}`)));
  }

  /** The list and the sentences below it, from figures as Ranking.figures gives them. */
  function show(found, context) {
    const { settings } = context;
    const byId = Object.fromEntries(context.areas.map((area) => [area.id, area]));
    const placed = found.areas.filter((figure) => figure.rank !== null).sort((one, two) => one.rank - two.rank);
    const order = placed.map((figure) => figure.area);
    const runs = Ranking.tiedRuns(order, found.pairs, settings.clear);
    const { found: parts, count } = lanes(order, runs);
    const rows = placed.map((figure) => {
      const others = order.filter((other) => other !== figure.area
        && Ranking.isUnsettled(found.pairs[figure.area][other], settings.clear));
      return row(figure, byId[figure.area], context, parts[figure.area], count, others.map((other) => byId[other].inside));
    });
    rows.push(...found.areas.filter((figure) => figure.rank === null).map((figure) => lost(figure, byId[figure.area], context)));
    document.getElementById("lista").replaceChildren(...rows);
    document.getElementById("par").replaceChildren(...spoken(order, found.pairs, settings, byId));
    return order;
  }

  /** What cannot be told apart, in words: the runs at the top one by one, then the neighbours of the whole list. */
  function spoken(order, pairs, settings, byId) {
    const names = (run) => run.map((area) => byId[area].inside);
    const neighbours = order.slice(1).map((area, i) => [order[i], area]);
    const clear = neighbours.filter(([one, two]) => !Ranking.isUnsettled(pairs[one][two], settings.clear));
    const first = Ranking.tiedRuns(order.slice(0, settings.topK + 1), pairs, settings.clear);
    return [...first.map((run) => Words.inseparable(names(run))), Words.neighbours(clear.map(names), neighbours.length)]
      .map((text) => element("p", {}, text));
  }

  /** The scale above the bars. */
  function scale() {
    const box = document.getElementById("skala");
    box.replaceChildren(...["0", "50", "100 poäng"].map((text) => element("span", {}, text)));
  }

  return { element, show, scale, lanes };
})();
if (typeof module === "object") module.exports = List;

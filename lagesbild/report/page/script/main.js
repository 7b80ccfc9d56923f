"use strict";
// Puts the page together: every control, and what follows when it is moved.
(() => {
  const context = JSON.parse(document.getElementById("data").textContent);
  const { settings } = context;
  const field = (id) => document.getElementById(id);
  const declared = context.weights.map((one) => 100 * one.share);
  const titles = context.weights.map((one) => field(`vikt-${one.id}`).labels[0].firstChild.textContent.toLowerCase());
  const byId = Object.fromEntries(context.areas.map((area) => [area.id, area]));
  const drawnOf = new Map();
  let weights = declared.slice();
  let view = context.views[0];
  let order = [];
  let waiting = 0;
  let speaking = 0;

  const isDeclared = () => weights.every((one, i) => Math.abs(one - declared[i]) < 1e-9);
  const shares = () => weights.map((one) => one / 100);

  /** The figures to show: the run's own where nothing is moved, so that page and report say the same. */
  function figures() {
    if (isDeclared() && view === context.views[0]) return context.run;
    return Ranking.figures(view, drawn(), shares(), settings);
  }

  /** The draws of the view, made once. */
  function drawn() {
    if (!drawnOf.has(view)) drawnOf.set(view, Ranking.drawnValues(view, settings.kappa, settings.draws, settings.seed));
    return drawnOf.get(view);
  }

  /** The list anew; `isHeard` also tells a screen reader, once the hand rests. */
  function rank(isHeard) {
    const before = order;
    order = List.show(figures(), context);
    const shown = Weights.whole(weights);
    const said = titles.map((title, i) => `${title} ${shown[i]}\u00a0%`).join(", ");
    field("installning").textContent = `${Words.capital(said)}. ${view.leftOut ? `Utan ${view.leftOut}.` : "Alla källor."}`;
    const tried = [...(isDeclared() ? [] : ["andra vikter än profilens"]), ...(view.leftOut ? [`utan ${view.leftOut}`] : [])];
    field("provning").hidden = tried.length === 0;
    field("provning").textContent = `Du prövar ordningen ${Words.listing(tried.map((one) => one.startsWith("utan") ? one : `med ${one}`))}.`;
    if (isHeard) speak(before);
    sheet();
  }

  function speak(before) {
    clearTimeout(speaking);
    const started = rank.before ?? before;
    rank.before = started;
    speaking = setTimeout(() => {
      const changed = order.filter((area, i) => started[i] !== area).length;
      field("besked").textContent = Words.newOrder(order.slice(0, settings.topK).map((area) => byId[area].inside), changed);
      rank.before = null;
    }, 700);
  }

  /** At most one new list per frame, however fast the hand moves. */
  function rankSoon() {
    if (waiting) return;
    waiting = requestAnimationFrame(() => { waiting = 0; rank(true); });
  }

  function showWeights() {
    const shown = Weights.whole(weights);
    context.weights.forEach(({ id }, i) => {
      const slider = field(`vikt-${id}`);
      slider.value = String(shown[i]);
      slider.setAttribute("aria-valuetext", `${shown[i]} procent`);
      field(`vikt-${id}-varde`).textContent = `${shown[i]}\u00a0%`;
    });
  }

  function setWeights(found) {
    weights = found;
    showWeights();
    rankSoon();
  }

  const state = () => Form.read(context);
  const sheet = () => Sheet.show(state(), context, Weights.whole(declared), Weights.whole(weights), titles);

  function changed() {
    const now = state();
    Form.progress(now, context);
    sheet();
    field("lagring").textContent = Store.keep(localStorageOrNone(), context, now)
      ? "" : "Webbläsaren sparar inget mellan besöken: spara som fil innan du stänger sidan.";
  }

  function localStorageOrNone() {
    try {
      return window.localStorage;
    } catch {
      return null;
    }
  }

  function save() {
    const now = state();
    const problems = Decision.problems(now, context);
    Form.complain(problems);
    if (problems.length) return;
    const exact = Object.fromEntries(context.weights.map(({ id }, i) => [id, Number((weights[i] / 100).toFixed(6))]));
    const text = `${JSON.stringify(Decision.exported(now, context, exact), null, 2)}\n`;
    const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    const name = `beslut-${context.profile}-${context.year}.json`;
    const link = List.element("a", { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    const doubts = Decision.warnings(now, context).map((one) => one.message).join(" ");
    field("kvitto").textContent = `Beslutet är sparat som ${name}. Lämna filen till den som kör lägesbilden. ${doubts}`.trim();
  }

  async function load(input) {
    const file = input.files[0];
    if (!file) return;
    const found = Decision.read(await file.text(), context);
    input.value = "";
    if (found.problems) {
      field("kvitto").textContent = found.problems.join(" ");
      return;
    }
    Form.write(found.state, context);
    const told = context.weights.map(({ id }) => Number(found.weights[id]));
    const sum = told.reduce((all, one) => all + one, 0);
    if (told.every((one) => one >= 0) && Math.abs(sum - 1) < 0.005) {
      const near = told.map((one) => 100 * one);
      setWeights(near.every((one, i) => Math.abs(one - declared[i]) < 1e-3) ? declared.slice() : Weights.whole(near));
    }
    changed();
    field("kvitto").textContent = ["Filen är inläst.", ...found.notes].join(" ");
  }

  function clear() {
    if (!window.confirm("Rensa alla beslut, bedömningar och motiveringar på den här sidan?")) return;
    Store.forget(localStorageOrNone(), context);
    Form.write(Decision.empty(context), context);
    Form.complain([]);
    changed();
    field("kvitto").textContent = "Allt är rensat.";
  }

  function printSheet() {
    document.body.classList.add("only-sheet");
    window.print();
    document.body.classList.remove("only-sheet");
  }

  context.weights.forEach(({ id }, i) => {
    field(`vikt-${id}`).addEventListener("input", (event) => setWeights(Weights.moved(Weights.whole(weights), i, Number(event.target.value))));
  });
  field("reglage").addEventListener("toggle", () => setTimeout(drawn, 50)); // ready when the first weight is moved
  field("aterstall").addEventListener("click", () => setWeights(declared.slice()));
  for (const radio of document.querySelectorAll("input[name=kalla]")) {
    radio.addEventListener("change", () => { view = context.views[Number(radio.value)]; rankSoon(); });
  }
  for (const form of document.querySelectorAll("form")) {
    form.addEventListener("input", changed);
    form.addEventListener("submit", (event) => event.preventDefault());
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link) { event.preventDefault(); Form.goTo(decodeURIComponent(link.hash.slice(1))); }
  });
  field("spara").addEventListener("click", save);
  field("skriv-ut").addEventListener("click", printSheet);
  field("lasin").addEventListener("change", (event) => load(event.target));
  field("rensa").addEventListener("click", clear);

  const draft = Store.kept(localStorageOrNone(), context);
  Form.write(draft ? draft.state : Decision.empty(context), context);
  if (draft?.isOlder) field("kvitto").textContent = "Utkastet gjordes på en annan version av rangordningen. Gå igenom det innan du sparar.";
  List.scale();
  showWeights();
  rank(false);
  changed();
})();

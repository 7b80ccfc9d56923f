"use strict";
const test = require("node:test");
const assert = require("node:assert/strict");
const { script } = require("./scripts.js");
const Weights = script("weights");
const Words = script("words");
const Decision = script("decision");
const Store = script("store");

const STEPS = [[0.95, "så gott som säkert"], [0.8, "troligt"], [0.5, "möjligt, mer talar för än emot"], [0.2, "osäkert"], [0, "mindre troligt"]];
const CONTEXT = {
  profile: "exempelby", place: "Exempelby", year: 2025, sha256: "ab".repeat(32), isExample: true,
  areas: [{ id: "ran", name: "Rån" }, { id: "brander", name: "Anlagda bränder" }],
  criteria: [{ id: "kostsamt", title: "Kostsamt" }, { id: "signalbrott", title: "Syns och märks" }],
  judged: { ran: { kostsamt: 2 } },
};
const SHARES = { omfattning: 0.4, jamforelse: 0.35, utveckling: 0.25 };

function filled() {
  const state = Decision.empty(CONTEXT);
  Object.assign(state, { forum: "Brottsförebyggande rådet", date: "2026-01-15", roles: "Kommunstyrelsens ordförande\n\n Lokalpolisområdeschef " });
  Object.assign(state.decisions.ran, { decision: "prioritera", reason: "Ökar  vid\nstationen." });
  return state;
}

test("weights always sum to 100, whichever is moved", () => {
  for (let at = 0; at < 3; at += 1) {
    for (let value = -5; value <= 105; value += 1) {
      const moved = Weights.moved([40, 35, 25], at, value);
      assert.equal(moved.reduce((sum, one) => sum + one, 0), 100);
      assert.ok(moved.every((one) => Number.isInteger(one) && one >= 0));
      assert.equal(moved[at], Math.min(100, Math.max(0, value)));
    }
  }
  assert.deepEqual(Weights.moved([100, 0, 0], 0, 70), [70, 15, 15]);
  assert.deepEqual(Weights.moved([40, 35, 25], 0, 40), [40, 35, 25]);
  assert.deepEqual(Weights.whole([1, 1, 1]), [34, 33, 33]);
  assert.deepEqual(Weights.whole([29.000000000000004, 56.99999999999999, 14.000000000000002]), [29, 57, 14]);
});

test("the words are those of the report", () => {
  assert.equal(Words.top(0.973, 3, STEPS), "Bland de tre största: så gott som säkert (97 av 100 beräkningar).");
  assert.equal(Words.top(0.798, 1, STEPS), "Det största problemet: möjligt, mer talar för än emot (79 av 100 beräkningar).");
  assert.equal(Words.outOfHundred(0.9999, STEPS), "fler än 99 av 100 beräkningar");
  assert.equal(Words.outOfHundred(0.001, STEPS), "färre än 1 av 100 beräkningar");
  assert.equal(Words.number(1284), "1\u00a0284");
  assert.equal(Words.number(-12), "−12");
  assert.equal(Words.listing(["narkotika och vapen", "stöld och rån"]), "narkotika och vapen samt stöld och rån");
  assert.equal(Words.listing(["Rån, unga", "stöld", "trafik"]), "Rån, unga; stöld samt trafik");
  assert.equal(Words.inseparable(["narkotika", "trafik"]), "Narkotika och trafik går inte att skilja åt.");
  assert.equal(Words.inseparableFrom([..."abcde"]), "Går inte att skilja från fem andra.");
  assert.equal(Words.neighbours([["rån", "stöld"]], 3),
    "Rån ligger tydligt före stöld. Övriga områden som ligger intill varandra går inte att skilja åt.");
  assert.equal(Words.newOrder(["rån", "stöld"], 2), "Högst ligger nu rån och stöld. Två områden bytte plats.");
});

test("the file holds what was decided, in the agreed form", () => {
  assert.deepEqual(Decision.exported(filled(), CONTEXT, SHARES), {
    format: "lagesbild-beslut", version: 1, profile: "exempelby", year: 2025, ranking_sha256: "ab".repeat(32), is_example: true,
    forum: "Brottsförebyggande rådet", date: "2026-01-15", roles: ["Kommunstyrelsens ordförande", "Lokalpolisområdeschef"],
    weights: SHARES,
    decisions: [{ problem_area: "ran", decision: "prioritera", reason: "Ökar vid stationen.", judged: { kostsamt: 2 } }],
  });
});

test("a filled form has no problem; each missing part is one", () => {
  assert.deepEqual(Decision.problems(filled(), CONTEXT), []);
  const without = (change) => { const state = filled(); change(state); return Decision.problems(state, CONTEXT).map((one) => one.field); };
  assert.deepEqual(without((state) => { state.forum = "  "; }), ["forum"]);
  assert.deepEqual(without((state) => { state.date = "2026-02-30"; }), ["datum"]);
  assert.deepEqual(without((state) => { state.date = "2024-12-31"; }), ["datum"]);
  assert.deepEqual(without((state) => { state.decisions.ran.reason = "\u200b \n"; }), ["ran-motivering"]);
  assert.deepEqual(without((state) => { state.decisions.ran.reason = "x".repeat(2001); }), ["ran-motivering"]);
  assert.deepEqual(without((state) => { state.decisions.ran.decision = ""; }), ["beslut"]);
  assert.deepEqual(without((state) => { state.roles = "x".repeat(101); }), ["roller"]);
  assert.deepEqual(without((state) => { Object.assign(state.decisions.ran, { decision: "avvakta", reason: "" }); }), []);
});

test("what looks like a person's data is stopped, and a name is asked about", () => {
  for (const text of ["Ring 070-123 45 67", "skriv till namn@kommun.se", "19850101-1234", "850101-1234", "+46 8 123 456 78", "0500-49 80 00"]) {
    assert.notEqual(Decision.personal(text), "", text);
  }
  for (const text of ["Ökade 2023–2025 med 12 procent", "284 anmälningar av 1 040", "beslut 2026-01-15", "kl. 18.00–22.00", "§ 112, dnr 2025-0123"]) {
    assert.equal(Decision.personal(text), "", text);
  }
  const state = filled();
  state.roles = "Anna Andersson\nKommunstyrelsens ordförande";
  assert.deepEqual(Decision.warnings(state, CONTEXT).map((one) => one.field), ["roller"]);
});

test("a judgement without a decision is told, one delivered before is not", () => {
  const state = filled();
  state.decisions.brander.judged = { kostsamt: 1 };
  assert.deepEqual(Decision.warnings(state, CONTEXT).map((one) => one.field), ["brander-beslut"]);
  assert.deepEqual(Decision.warnings(Decision.empty(CONTEXT), CONTEXT), []);
});

test("a saved file is read back as it was", () => {
  const text = JSON.stringify(Decision.exported(filled(), CONTEXT, SHARES));
  const { state, notes } = Decision.read(text, CONTEXT);
  assert.deepEqual(Decision.exported(state, CONTEXT, SHARES), JSON.parse(text));
  assert.deepEqual(notes, []);
});

test("a file of another place, year, version or kind is refused, and nothing unknown is taken over", () => {
  const good = Decision.exported(filled(), CONTEXT, SHARES);
  for (const change of [{ profile: "annan" }, { year: 2024 }, { version: 2 }, { is_example: false }, { format: "annat" }]) {
    assert.equal(Decision.read(JSON.stringify({ ...good, ...change }), CONTEXT).problems.length, 1);
  }
  for (const text of ["", "[]", "null", "{", "x".repeat(600000)]) assert.equal(Decision.read(text, CONTEXT).problems.length, 1);
  const odd = { ...good, ranking_sha256: "0", forum: 7, roles: "x", decisions: [
    null, { problem_area: "__proto__", decision: "prioritera" }, { problem_area: "ran", decision: "stryk" },
    { problem_area: "brander", decision: "avvakta", reason: ["x"], judged: { kostsamt: 9, annat: 1, signalbrott: 0 } }] };
  const { state, notes } = Decision.read(JSON.stringify(odd), CONTEXT);
  assert.equal(notes.length, 2);
  assert.deepEqual(state.decisions.brander, { decision: "avvakta", reason: "", judged: { signalbrott: 0 } });
  assert.equal(state.decisions.ran.decision, "");
  assert.equal(state.forum, "");
});

test("a text becomes one line without signs that steer", () => {
  assert.equal(Decision.line("a\u202eb\u0000c\n\td\u2028e \ud800f"), "ab c d e f");
  assert.equal(Decision.line("</script>{{7*7}}=cmd|x 😀"), "</script>{{7*7}}=cmd|x 😀");
});

test("the draft is kept, found again, and doubted on another ranking", () => {
  const kept = new Map();
  const storage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value), removeItem: (key) => kept.delete(key) };
  assert.equal(Store.kept(storage, CONTEXT), null);
  assert.ok(Store.keep(storage, CONTEXT, filled()));
  assert.deepEqual(Store.kept(storage, CONTEXT), { state: filled(), isOlder: false });
  assert.ok(Store.kept(storage, { ...CONTEXT, sha256: "0" }).isOlder);
  assert.equal(Store.kept(storage, { ...CONTEXT, year: 2026 }), null);
  kept.set([...kept.keys()][0], "{\"state\":{\"forum\":3,\"decisions\":{\"ran\":{\"decision\":\"<b>\"}}}}");
  assert.deepEqual(Store.kept(storage, CONTEXT).state.decisions.ran, { decision: "", reason: "", judged: {} });
  Store.forget(storage, CONTEXT);
  assert.equal(Store.kept(storage, CONTEXT), null);
  assert.equal(Store.keep(null, CONTEXT, filled()), false);
  assert.equal(Store.kept(null, CONTEXT), null);
});

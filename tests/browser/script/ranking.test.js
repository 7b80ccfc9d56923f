"use strict";
const test = require("node:test");
const assert = require("node:assert/strict");
const { script } = require("./scripts.js");
const Ranking = script("ranking");
const { phi } = script("normal");

const SETTINGS = { draws: 40000, seed: 7, topK: 1, kappa: [1, 0.5, 0.15], coverage: 0.8, clear: 0.9, tiers: [0.8, 0.2] };

/** Two areas and a rival whose levels are known but for a correlation of .6 between the areas. */
function view(changes = {}) {
  const n = 9;
  const root = [];
  for (let i = 0; i < n; i += 1) for (let j = 0; j <= i; j += 1) root.push(i === j ? (i === 3 ? 0.8 : 1) : i === 3 && j === 0 ? 0.6 : 0);
  const scaled = root.map((one) => one * 0.5);
  return { areas: ["a", "b"], isMeasured: [true, true], mean: [0.5, 0, 0, 0, 0, 0, -9, -9, -9], root: scaled,
    point: [[0.5, 0, 0], [0, 0, 0]], severity: null, ...changes };
}

test("the draws have the mean and the covariance of the root", () => {
  const one = view();
  const values = Ranking.drawnValues({ ...one, mean: new Array(9).fill(0) }, [1e9, 1e9, 1e9], 40000, 3);
  const theta = values.map((own) => own.map((v) => ((v / 100 - 0.5) * Math.sqrt(2 * Math.PI)) * 1e9));
  const cov = (x, y) => x.reduce((sum, own, d) => sum + own * y[d], 0) / x.length;
  assert.ok(Math.abs(cov(theta[0], theta[0]) - 0.25) < 0.006);
  assert.ok(Math.abs(cov(theta[3], theta[3]) - 0.25) < 0.006);
  assert.ok(Math.abs(cov(theta[0], theta[3]) - 0.15) < 0.006);
  assert.ok(Math.abs(cov(theta[1], theta[3])) < 0.006);
});

test("score, interval, chance and pair are those of two correlated normals", () => {
  const one = view();
  const found = Ranking.figures(one, Ranking.drawnValues(one, SETTINGS.kappa, SETTINGS.draws, SETTINGS.seed), [1, 0, 0], SETTINGS);
  const [a, b] = found.areas;
  assert.equal(a.score, 100 * phi(0.5));
  assert.equal(b.score, 50);
  assert.deepEqual([a.rank, b.rank], [1, 2]);
  const tenth = 1.2815515655446004 * 0.5;
  assert.ok(Math.abs(a.lower - 100 * phi(0.5 - tenth)) < 0.5);
  assert.ok(Math.abs(a.upper - 100 * phi(0.5 + tenth)) < 0.5);
  const before = phi(0.5 / Math.sqrt(2 * 0.25 - 2 * 0.15));
  assert.ok(Math.abs(found.pairs.a.b - before) < 0.01);
  assert.ok(Math.abs(a.pTop - before) < 0.01);
  assert.ok(Math.abs(found.pairs.a.b + found.pairs.b.a - 1) < 1e-12);
  assert.deepEqual([a.rankLower, a.rankUpper, b.rankLower, b.rankUpper], [1, 2, 1, 2]);
});

test("a rival that nobody measures takes its part of the chance, and no place", () => {
  const large = view({ mean: [0.5, 0, 0, 0, 0, 0, 9, 9, 9] });
  const found = Ranking.figures(large, Ranking.drawnValues(large, SETTINGS.kappa, 2000, 1), [0.4, 0.35, 0.25], { ...SETTINGS, draws: 2000 });
  assert.deepEqual(found.areas.map((one) => one.pTop), [0, 0]);
  assert.deepEqual(found.areas.map((one) => one.rank), [1, 2]);
});

test("an area without a signal keeps its chance but has no place", () => {
  const less = view({ isMeasured: [false, true] });
  const found = Ranking.figures(less, Ranking.drawnValues(less, SETTINGS.kappa, 4000, 1), [1, 0, 0], { ...SETTINGS, draws: 4000 });
  assert.equal(found.areas[0].rank, null);
  assert.ok(found.areas[0].pTop > 0.7);
  assert.equal(found.areas[1].rank, 1);
  assert.deepEqual(Object.keys(found.pairs), ["b"]);
});

test("severity is a fourth criterion; a rival's is the middle", () => {
  const own = view({ severity: [0, 100] });
  const found = Ranking.figures(own, Ranking.drawnValues(own, SETTINGS.kappa, 1000, 1), [0, 0, 0, 1], { ...SETTINGS, draws: 1000, topK: 2 });
  assert.deepEqual(found.areas.map((one) => [one.score, one.rank, one.pTop]), [[0, 2, 0], [100, 1, 1]]);
});

test("ties go to the earlier area, in the order and in every draw", () => {
  assert.deepEqual(Ranking.ranksOf([50, 70, 50, 70]), [3, 1, 4, 2]);
  const same = new Float64Array([1, 2, 3]);
  const { before, counts } = Ranking.compare([same, same], 3);
  assert.deepEqual([before[0][1], before[1][0]], [1, 0]);
  assert.deepEqual(counts, [[0, 3, 0], [0, 0, 3]]);
});

test("quantiles are NumPy's linear and inverted_cdf", () => {
  assert.equal(Ranking.quantile([0, 10, 20, 30], 0.1), 3.0000000000000004);
  assert.equal(Ranking.quantile([5], 0.9), 5);
  assert.equal(Ranking.rankQuantile([0, 1, 8, 1], 0.1, 10), 1);
  assert.equal(Ranking.rankQuantile([0, 1, 8, 1], 0.9, 10), 2);
});

test("the chance of being among the largest counts ties in, as Python does", () => {
  const scores = [[3, 1], [2, 1], [1, 1]].map((one) => new Float64Array(one));
  assert.deepEqual(Ranking.topShare(scores, 3, 1, 2), [1, 0.5, 0.5]);
  assert.deepEqual(Ranking.topShare(scores, 3, 2, 2), [1, 1, 0.5]);
  assert.deepEqual(Ranking.topShare(scores, 2, 3, 2), [1, 1]);
});

test("tiers and pairs change at their limits", () => {
  assert.deepEqual([0.8, 0.79, 0.2, 0.19].map((p) => Ranking.tier(p, [0.8, 0.2])), ["prioritera", "överväg", "överväg", "bevaka"]);
  assert.deepEqual([0.5, 0.9, 0.1, 0.89].map((p) => Ranking.isUnsettled(p, 0.9)), [true, false, false, true]);
});

test("runs of tied neighbours go on as long as no pair is settled, and may overlap", () => {
  const pairs = { a: { b: 0.6, c: 0.95, d: 1 }, b: { c: 0.7, d: 0.95 }, c: { d: 0.99 } };
  assert.deepEqual(Ranking.tiedRuns(["a", "b", "c", "d"], pairs, 0.9), [["a", "b"], ["b", "c"]]);
});

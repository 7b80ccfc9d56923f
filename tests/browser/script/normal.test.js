"use strict";
const test = require("node:test");
const assert = require("node:assert/strict");
const { script } = require("./scripts.js");
const Normal = script("normal");

// scipy.stats.norm.cdf, SciPy 1.15
const KNOWN = [[-8, 6.220960574271786e-16], [-5, 2.8665157187919333e-7], [-2.5, 0.006209665325776132], [-1, 0.15865525393145707],
  [-0.1, 0.460172162722971], [0, 0.5], [0.3, 0.6179114221889526], [1.96, 0.9750021048517795], [3, 0.9986501019683699],
  [7.2, 0.9999999999996989]];

test("the distribution function is SciPy's to fourteen decimals", () => {
  for (const [x, p] of KNOWN) assert.ok(Math.abs(Normal.phi(x) - p) < 1e-14, `${x}: ${Normal.phi(x)}`);
  assert.ok(Math.abs(Normal.phi(-8) / 6.220960574271786e-16 - 1) < 1e-7);
  assert.equal(Normal.phi(50), 1);
  assert.equal(Normal.phi(-50), 0);
  assert.ok(Number.isNaN(Normal.phi(NaN)));
});

test("the distribution function never falls", () => {
  let last = 0;
  for (let x = -10; x <= 10; x += 0.01) {
    assert.ok(Normal.phi(x) >= last);
    last = Normal.phi(x);
  }
});

test("the normals have the moments of normals", () => {
  const n = 200000;
  const drawn = Normal.normals(n, 20250101);
  const moment = (k) => drawn.reduce((sum, x) => sum + x ** k, 0) / n;
  assert.ok(Math.abs(moment(1)) < 0.01);
  assert.ok(Math.abs(moment(2) - 1) < 0.015);
  assert.ok(Math.abs(moment(3)) < 0.03);
  assert.ok(Math.abs(moment(4) - 3) < 0.08);
  const apart = drawn.reduce((sum, x, i) => sum + (i ? x * drawn[i - 1] : 0), 0) / n;
  assert.ok(Math.abs(apart) < 0.01);
  const below = drawn.filter((x) => x < -1.2815515655446004).length / n;
  assert.ok(Math.abs(below - 0.1) < 0.003);
});

test("the same seed gives the same numbers, another gives others", () => {
  assert.deepEqual(Normal.normals(7, 5), Normal.normals(7, 5));
  assert.deepEqual(Normal.normals(7, 5), Normal.normals(8, 5).slice(0, 7));
  assert.notEqual(Normal.normals(1, 5)[0], Normal.normals(1, 6)[0]);
});

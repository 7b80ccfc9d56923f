"use strict";
// Weights in per cent that always sum to 100.
const Weights = (() => {
  /** Whole numbers in proportion to the shares that sum to `total`: what rounding loses goes to the largest remainders. */
  function whole(shares, total = 100) {
    const sum = shares.reduce((all, one) => all + one, 0);
    const exact = shares.map((one) => (total * one) / sum);
    const found = exact.map((one) => Math.floor(one + 1e-9));
    const left = total - found.reduce((all, one) => all + one, 0);
    const byRemainder = exact.map((one, i) => [one - found[i], i]).sort((one, two) => two[0] - one[0] || one[1] - two[1]);
    byRemainder.slice(0, left).forEach(([, i]) => { found[i] += 1; });
    return found;
  }

  /** The weights with one of them set to `value`; the others share the rest as they shared it before, or alike. */
  function moved(weights, at, value) {
    const own = Math.min(100, Math.max(0, Math.round(value)));
    const others = weights.filter((_, i) => i !== at);
    const isEmpty = others.every((one) => one === 0);
    const rest = whole(isEmpty ? others.map(() => 1) : others, 100 - own);
    return weights.map((_, i) => (i === at ? own : rest[i < at ? i : i - 1]));
  }

  return { whole, moved };
})();
if (typeof module === "object") module.exports = Weights;

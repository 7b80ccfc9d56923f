"use strict";
// From θ of every area to the order of the areas and how sure it is: methods §5 and §6, as lagesbild.ranking does it.
const Ranking = (() => {
  const { normals, phi } = typeof module === "object" ? require("./normal.js") : Normal;
  const CRITERIA = 3;
  const NO_RIVAL_SEVERITY = 50;

  /** The square lower-triangular root from its rows written one after the other. */
  const rowStart = (row) => (row * (row + 1)) / 2;

  /** v = 100·Φ(θ/κ) of every line of θ in every draw, θ = mean + root·ε: one Float64Array of `draws` per line. */
  function drawnValues(view, kappa, draws, seed) {
    const n = view.mean.length;
    const noise = normals(n * draws, seed); // the same for every view, so that views differ only by what they change
    const values = [];
    for (let i = 0; i < n; i += 1) {
      const theta = new Float64Array(draws).fill(view.mean[i]);
      for (let j = 0; j <= i; j += 1) {
        const share = view.root[rowStart(i) + j];
        if (share === 0) continue;
        const from = j * draws;
        for (let d = 0; d < draws; d += 1) theta[d] += share * noise[from + d];
      }
      const goalpost = kappa[i % CRITERIA];
      for (let d = 0; d < draws; d += 1) theta[d] = 100 * phi(theta[d] / goalpost);
      values.push(theta);
    }
    return values;
  }

  /** v at θ̂, [area][criterion]. */
  const pointValues = (view, kappa) => view.point.map((theta) => theta.map((one, c) => 100 * phi(one / kappa[c])));

  /** S = Σ w·v in every draw: of the areas first, then of the unmeasured rivals. weights: in the order of the criteria. */
  function drawnScores(values, view, weights, draws) {
    const count = values.length / CRITERIA;
    return Array.from({ length: count }, (_, area) => {
      const severity = view.severity === null ? 0 : area < view.areas.length ? view.severity[area] : NO_RIVAL_SEVERITY;
      const score = new Float64Array(draws).fill(view.severity === null ? 0 : severity * weights[CRITERIA]);
      for (let c = 0; c < CRITERIA; c += 1) {
        const value = values[area * CRITERIA + c];
        for (let d = 0; d < draws; d += 1) score[d] += weights[c] * value[d];
      }
      return score;
    });
  }

  /** S at θ̂ of every area. */
  function pointScores(values, view, weights) {
    return values.map((own, area) => {
      const shown = own.reduce((sum, value, c) => sum + weights[c] * value, 0);
      return view.severity === null ? shown : shown + weights[CRITERIA] * view.severity[area];
    });
  }

  /** Rank 1.. of each score, largest first; ties in the given order. */
  function ranksOf(scores) {
    const order = scores.map((_, i) => i).sort((i, j) => scores[j] - scores[i] || i - j);
    const rank = new Array(scores.length);
    order.forEach((area, place) => { rank[area] = place + 1; });
    return rank;
  }

  /** The quantile of sorted numbers, between two of them in proportion (NumPy's "linear"). */
  function quantile(sorted, share) {
    const at = share * (sorted.length - 1);
    const below = Math.floor(at);
    const above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  /** The smallest rank that at least `share` of the draws do not exceed. counts[r]: draws with rank r. */
  function rankQuantile(counts, share, draws) {
    const needed = Math.ceil(share * draws);
    let sum = 0;
    return counts.findIndex((count) => { sum += count; return sum >= needed && sum > 0; });
  }

  /** P(i before j) and how often each area has each rank, among the given score arrays; ties go to the earlier one. */
  function compare(scores, draws) {
    const n = scores.length;
    const before = Array.from({ length: n }, () => new Array(n).fill(0));
    const place = Array.from({ length: n }, () => new Uint8Array(draws).fill(1));
    for (let i = 0; i < n; i += 1) {
      for (let j = i + 1; j < n; j += 1) {
        const [one, two, lost, lostToo] = [scores[i], scores[j], place[i], place[j]];
        let wins = 0;
        for (let d = 0; d < draws; d += 1) {
          if (one[d] >= two[d]) { wins += 1; lostToo[d] += 1; } else lost[d] += 1;
        }
        before[i][j] = wins / draws;
        before[j][i] = 1 - wins / draws;
      }
    }
    const counts = place.map((own) => {
      const found = new Array(n + 1).fill(0);
      for (let d = 0; d < draws; d += 1) found[own[d]] += 1;
      return found;
    });
    return { before, counts };
  }

  /** P(among the k largest) of the first `n` score arrays, everyone counted with. */
  function topShare(scores, n, k, draws) {
    if (scores.length <= k) return new Array(n).fill(1);
    const times = new Array(n).fill(0);
    const largest = new Float64Array(k); // ascending
    for (let d = 0; d < draws; d += 1) {
      largest.fill(-Infinity);
      for (const own of scores) {
        const score = own[d];
        if (score <= largest[0]) continue;
        let at = 0;
        while (at + 1 < k && largest[at + 1] < score) { largest[at] = largest[at + 1]; at += 1; }
        largest[at] = score;
      }
      for (let i = 0; i < n; i += 1) if (scores[i][d] >= largest[0]) times[i] += 1;
    }
    return times.map((count) => count / draws);
  }

  /**
   * The order of one view with these weights: one figure per area of the view, in the view's order, and P(i before j).
   * An area without any signal left in the view keeps its chance but has no place: rank, score and intervals are null.
   */
  function figures(view, values, weights, settings) {
    const { draws, kappa, topK, coverage } = settings;
    const drawn = drawnScores(values, view, weights, draws);
    const point = pointScores(pointValues(view, kappa), view, weights);
    const measured = view.areas.map((_, i) => i).filter((i) => view.isMeasured[i]);
    const rank = ranksOf(measured.map((i) => point[i]));
    const { before, counts } = compare(measured.map((i) => drawn[i]), draws);
    const pTop = topShare(drawn, view.areas.length, topK, draws);
    const [low, high] = [(1 - coverage) / 2, (1 + coverage) / 2];
    const areas = view.areas.map((area, i) => {
      const at = measured.indexOf(i);
      if (at < 0) return { area, rank: null, score: null, lower: null, upper: null, rankLower: null, rankUpper: null, pTop: pTop[i] };
      const sorted = drawn[i].slice().sort();
      return {
        area,
        rank: rank[at],
        score: point[i],
        lower: Math.min(quantile(sorted, low), point[i]),
        upper: Math.max(quantile(sorted, high), point[i]),
        rankLower: Math.min(rankQuantile(counts[at], low, draws), rank[at]),
        rankUpper: Math.max(rankQuantile(counts[at], high, draws), rank[at]),
        pTop: pTop[i],
      };
    });
    const pairs = {};
    measured.forEach((i, at) => {
      pairs[view.areas[i]] = Object.fromEntries(measured.map((j, to) => [view.areas[j], before[at][to]]));
    });
    return { areas, pairs };
  }

  /** prioritera from the first limit, överväg from the second, else bevaka. */
  const tier = (pTop, limits) => (pTop >= limits[0] ? "prioritera" : pTop >= limits[1] ? "överväg" : "bevaka");

  /** Whether a pair with this P(one before the other) cannot be told apart. */
  const isUnsettled = (chance, clear) => !(chance >= clear || 1 - chance >= clear);

  /** Runs of neighbours in the order in which no pair is settled, as long as they go; runs may share members. */
  function tiedRuns(order, pairs, clear) {
    const runs = [];
    order.forEach((first, i) => {
      const run = [first];
      for (const other of order.slice(i + 1)) {
        if (!run.every((one) => isUnsettled(pairs[one][other], clear))) break;
        run.push(other);
      }
      const last = runs[runs.length - 1] ?? [];
      if (run.length > 1 && !run.every((one) => last.includes(one))) runs.push(run);
    });
    return runs;
  }

  return { CRITERIA, drawnValues, pointValues, pointScores, ranksOf, quantile, rankQuantile, compare, topShare, figures, tier,
    isUnsettled, tiedRuns };
})();
if (typeof module === "object") module.exports = Ranking;

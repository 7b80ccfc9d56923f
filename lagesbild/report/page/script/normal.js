"use strict";
// Standard normals from a seed, and the normal distribution function: the page draws what Python draws, with numbers of its own.
const Normal = (() => {
  /** xoshiro128** (Blackman and Vigna 2018), seeded by splitmix32: a function that gives the next of 2^32 whole numbers. */
  function generator(seed) {
    let mixed = seed >>> 0;
    const mix = () => {
      mixed = (mixed + 0x9e3779b9) >>> 0;
      let z = mixed;
      z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
      z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
      return (z ^ (z >>> 15)) >>> 0;
    };
    let [a, b, c, d] = [mix(), mix(), mix(), mix()];
    const turned = (x, by) => ((x << by) | (x >>> (32 - by))) >>> 0;
    return () => {
      const result = Math.imul(turned(Math.imul(b, 5) >>> 0, 7), 9) >>> 0;
      const kept = (b << 9) >>> 0;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= kept;
      d = turned(d >>> 0, 11);
      return result;
    };
  }

  /** `count` standard normals by Box and Muller (1958). */
  function normals(count, seed) {
    const next = generator(seed);
    const uniform = () => ((next() >>> 5) * 67108864 + (next() >>> 6) + 0.5) / 9007199254740992; // in (0, 1), 53 bits
    const found = new Float64Array(count);
    for (let i = 0; i < count; i += 2) {
      const radius = Math.sqrt(-2 * Math.log(uniform()));
      const angle = 2 * Math.PI * uniform();
      found[i] = radius * Math.cos(angle);
      if (i + 1 < count) found[i + 1] = radius * Math.sin(angle);
    }
    return found;
  }

  const UPPER = [0.0352624965998911, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871, 221.213596169931,
    220.206867912376];
  const LOWER = [0.0883883476483184, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674, 637.333633378831,
    793.826512519948, 440.413735824752];
  const along = (coefficients, x) => coefficients.reduce((sum, one) => sum * x + one, 0);

  /** Φ(x), to 1e-14: Hart (1968) as given by West, "Better approximations to cumulative normal functions" (2005). */
  function phi(x) {
    const size = Math.abs(x);
    if (!(size < 37)) return Number.isNaN(x) ? NaN : x > 0 ? 1 : 0;
    const bell = Math.exp((-size * size) / 2);
    const tail = size < 7.07106781186547
      ? (bell * along(UPPER, size)) / along(LOWER, size)
      : bell / (size + 1 / (size + 2 / (size + 3 / (size + 4 / (size + 0.65))))) / 2.506628274631;
    return x > 0 ? 1 - tail : tail;
  }

  return { generator, normals, phi };
})();
if (typeof module === "object") module.exports = Normal;

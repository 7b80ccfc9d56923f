"use strict";
// The sentences that change with the order: the same words as lagesbild.swedish and the report's narrative use.
const Words = (() => {
  const NBSP = "\u00a0";
  const SMALL = ["noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"];

  /** A whole number as text, thousands parted by a hard space. */
  function number(value) {
    const digits = String(Math.round(Math.abs(value)));
    const text = digits.replace(/\B(?=(\d{3})+$)/g, NBSP);
    return value < 0 && digits !== "0" ? `−${text}` : text;
  }

  const countWord = (count) => SMALL[count] ?? number(count);
  const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
  const span = (low, high) => (low === high ? String(low) : `${low}–${high}`);

  /** The words as a Swedish list; "samt" before the last where a word itself holds "och", semicolons where one holds a comma. */
  function listing(words) {
    if (words.length < 2) return words.join("");
    const hasComma = words.some((word) => word.includes(", "));
    const last = hasComma || words.some((word) => word.includes(" och ")) ? "samt" : "och";
    return `${words.slice(0, -1).join(hasComma ? "; " : ", ")} ${last} ${words[words.length - 1]}`;
  }

  /** How sure, in the one set of words; steps: [lowest probability, word], highest first. */
  const certainty = (chance, steps) => (steps.find(([floor]) => chance >= floor) ?? steps[steps.length - 1])[1];

  /** A whole number of hundred in the same step as the probability itself. */
  function ofHundred(chance, steps) {
    const rounded = Math.round(100 * chance);
    return certainty(rounded / 100, steps) === certainty(chance, steps) ? rounded : rounded - 1;
  }

  function outOfHundred(chance, steps) {
    if (chance > 0.99) return "fler än 99 av 100 beräkningar";
    if (chance < 0.01) return "färre än 1 av 100 beräkningar";
    return `${ofHundred(chance, steps)} av 100 beräkningar`;
  }

  /** "Bland de tre största: troligt (84 av 100 beräkningar)." */
  function top(chance, k, steps) {
    const what = k === 1 ? "Det största problemet" : `Bland de ${countWord(k)} största`;
    return `${what}: ${certainty(chance, steps)} (${outOfHundred(chance, steps)}).`;
  }

  /** Which neighbours of the list stand clearly in their order: [[before, after]] of `pairs` neighbours. */
  function neighbours(clear, pairs) {
    if (clear.length === pairs) return "Ordningen mellan områden som ligger intill varandra är tydlig i hela listan.";
    if (clear.length === 0) {
      return "Inget område går att skilja från det som ligger närmast efter i listan. Se platsernas intervall, inte platserna.";
    }
    const spoken = clear.map(([before, after]) => `${before} ligger tydligt före ${after}`);
    return `${capital(listing(spoken))}. Övriga områden som ligger intill varandra går inte att skilja åt.`;
  }

  const inseparable = (names) => `${capital(listing(names))} går inte att skilja åt.`;

  /** Which others an area cannot be told from: by name up to four, else how many. */
  const inseparableFrom = (names) =>
    `Går inte att skilja från ${names.length <= 4 ? listing(names) : `${countWord(names.length)} andra`}.`;

  /** What the screen reader hears when the order has changed. */
  function newOrder(first, changed) {
    const moved = changed === 0 ? "Ingen plats ändrades."
      : changed === 1 ? "Ett område bytte plats." : `${capital(countWord(changed))} områden bytte plats.`;
    return `Högst ligger nu ${listing(first)}. ${moved}`;
  }

  return { number, countWord, capital, span, listing, certainty, ofHundred, outOfHundred, top, inseparable, inseparableFrom,
    neighbours, newOrder };
})();
if (typeof module === "object") module.exports = Words;

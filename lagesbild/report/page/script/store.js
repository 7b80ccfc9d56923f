"use strict";
// The draft in the browser's own store: kept between visits where the browser allows it, never sent anywhere.
const Store = (() => {
  const form = typeof module === "object" ? require("./decision.js") : Decision;
  const key = (context) => `lagesbild-beslut-${context.profile}-${context.year}`;

  /** Whether the draft could be kept. */
  function keep(storage, context, state) {
    try {
      storage.setItem(key(context), JSON.stringify({ sha256: context.sha256, state }));
      return true;
    } catch {
      return false;
    }
  }

  /** The draft as { state, isOlder }, or null; isOlder: it was made on another version of the ranking. */
  function kept(storage, context) {
    let told;
    try {
      told = JSON.parse(storage.getItem(key(context)) ?? "null");
    } catch {
      return null;
    }
    const draft = told?.state;
    if (typeof draft !== "object" || draft === null) return null;
    const state = form.empty(context);
    for (const field of ["forum", "date", "roles"]) if (typeof draft[field] === "string") state[field] = draft[field];
    for (const area of context.areas) {
      const own = draft.decisions?.[area.id];
      if (typeof own !== "object" || own === null) continue;
      state.decisions[area.id] = {
        decision: form.CHOICES.includes(own.decision) ? own.decision : "",
        reason: typeof own.reason === "string" ? own.reason : "",
        judged: form.judgements(typeof own.judged === "object" && own.judged !== null ? own.judged : {}, context),
      };
    }
    return { state, isOlder: told.sha256 !== context.sha256 };
  }

  function forget(storage, context) {
    try {
      storage.removeItem(key(context));
    } catch {
      // a browser that keeps nothing has nothing to forget
    }
  }

  return { keep, kept, forget };
})();
if (typeof module === "object") module.exports = Store;

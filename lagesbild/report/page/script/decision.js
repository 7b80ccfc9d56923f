"use strict";
// What a forum decides, as a value: empty, checked, written as the file that `lagesbild decide` takes in, and read back.
const Decision = (() => {
  const FORMAT = "lagesbild-beslut";
  const VERSION = 1;
  const CHOICES = ["prioritera", "avvakta", "bortprioritera"];
  const NEED_REASON = ["prioritera", "bortprioritera"];
  const LONGEST = { forum: 200, role: 100, roles: 30, reason: 2000, file: 500000 };
  const HIGHEST = 3;
  const YEARS_AFTER = 2;
  const PERSONAL = [
    ["ett personnummer", /(?<!\d)(?:\d{8}|\d{6})[-+– ]?\d{4}(?!\d)/],
    ["en e-postadress", /[^\s@]+@[^\s@]+\.[^\s@]+/],
    ["ett telefonnummer", /(?<![\d-])(?:\+46[ -]?|0)(?:7\d|[1-689]\d{0,2})[ -]?\d{2,4}(?:[ -]?\d{2,3}){1,3}(?!\d)/],
  ];
  const NAME = /^[A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäö]+)?(?: [A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäö]+)?){1,2}$/;

  /** A decision on one area before anything is chosen. */
  const open = () => ({ decision: "", reason: "", judged: {} });

  /** The form before anything is written. judged: area -> criterion -> 0-3, what was judged before this meeting. */
  function empty(context) {
    const decisions = {};
    for (const area of context.areas) decisions[area.id] = { ...open(), judged: { ...(context.judged[area.id] ?? {}) } };
    return { forum: "", date: "", roles: "", decisions };
  }

  /** A text as one line without signs that steer a screen or turn the direction. */
  const line = (text) => String(text).replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").replace(/[\p{Cf}\p{Cs}\p{Co}]/gu, "")
    .replace(/\s+/g, " ").trim();

  const roles = (state) => state.roles.split("\n").map(line).filter((one) => one !== "");
  const decided = (state, context) => context.areas.filter((area) => state.decisions[area.id].decision !== "");

  /** What sort of personal data a text seems to hold, or "". */
  const personal = (text) => (PERSONAL.find(([, pattern]) => pattern.test(text)) ?? [""])[0];

  function isDay(text) {
    const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
    if (!found) return false;
    const day = new Date(`${text}T00:00:00Z`);
    return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text;
  }

  /** What has to be put right before the decision can be saved: [{ field, message }], in the order of the page. */
  function problems(state, context) {
    const found = [];
    const add = (field, message) => found.push({ field, message });
    const told = decided(state, context);
    if (told.length === 0) add("beslut", "Välj ett beslut för minst ett område.");
    for (const area of told) {
      const own = state.decisions[area.id];
      const reason = line(own.reason);
      if (NEED_REASON.includes(own.decision) && reason === "") {
        add(`${area.id}-motivering`, `${area.name}: skriv en motivering till att ${own.decision}.`);
      }
      if (reason.length > LONGEST.reason) {
        add(`${area.id}-motivering`, `${area.name}: korta motiveringen till högst 2\u00a0000 tecken.`);
      }
      if (personal(reason)) add(`${area.id}-motivering`, `${area.name}: motiveringen verkar innehålla ${personal(reason)}. Ta bort det.`);
    }
    const forum = line(state.forum);
    if (forum === "") add("forum", "Skriv vilket forum som beslutar.");
    if (forum.length > LONGEST.forum) add("forum", "Korta forumets namn till högst 200 tecken.");
    if (personal(forum)) add("forum", `Forumets namn verkar innehålla ${personal(forum)}. Ta bort det.`);
    const [first, last] = [`${context.year}-01-01`, `${context.year + YEARS_AFTER}-12-31`];
    if (!isDay(state.date)) add("datum", "Ange datum för beslutet, till exempel 2026-01-15.");
    else if (state.date < first || state.date > last) {
      add("datum", `Datumet ska ligga från ${first} till ${last}, eftersom beslutet gäller lägesbilden för ${context.year}.`);
    }
    const given = roles(state);
    if (given.length > LONGEST.roles) add("roller", "Ange högst 30 roller.");
    given.forEach((role) => {
      if (role.length > LONGEST.role) add("roller", "Korta rollen till högst 100 tecken.");
      else if (personal(role)) add("roller", `En roll verkar innehålla ${personal(role)}. Ta bort det.`);
    });
    return found;
  }

  /** What may be meant but should be looked at: names among the roles, judgements that go nowhere. */
  function warnings(state, context) {
    const found = [];
    for (const role of roles(state)) {
      if (NAME.test(role)) found.push({ field: "roller", message: `”${role}” ser ut som ett personnamn. Skriv rollen i stället.` });
    }
    for (const area of context.areas) {
      const own = state.decisions[area.id];
      const given = context.judged[area.id] ?? {};
      const isJudged = Object.keys(own.judged).some((key) => own.judged[key] !== given[key]);
      if (own.decision === "" && (line(own.reason) !== "" || isJudged)) {
        found.push({ field: `${area.id}-beslut`, message: `${area.name}: det du har fyllt i sparas i filen först när ett beslut är valt.` });
      }
    }
    return found;
  }

  /** The file's content; weights: criterion -> share. Areas that nobody decided on are left out. */
  function exported(state, context, weights) {
    return {
      format: FORMAT,
      version: VERSION,
      profile: context.profile,
      year: context.year,
      ranking_sha256: context.sha256,
      is_example: context.isExample,
      forum: line(state.forum),
      date: state.date,
      roles: roles(state),
      weights,
      decisions: decided(state, context).map((area) => {
        const own = state.decisions[area.id];
        const judged = {};
        for (const { id } of context.criteria) if (Number.isInteger(own.judged[id])) judged[id] = own.judged[id];
        return { problem_area: area.id, decision: own.decision, reason: line(own.reason), judged };
      }),
    };
  }

  const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

  /**
   * A saved file as a state: { state, weights, notes } or { problems } (Swedish messages). Nothing of it is believed: only
   * areas, criteria and choices that this page has are taken over, and text stays text.
   */
  function read(text, context) {
    let told;
    try {
      told = text.length <= LONGEST.file ? JSON.parse(text) : null;
    } catch {
      told = null;
    }
    if (!isObject(told) || told.format !== FORMAT) return { problems: ["Filen är ingen beslutsfil från granskningssidan."] };
    if (told.version !== VERSION) return { problems: ["Filen är gjord av en annan version av programmet."] };
    if (told.profile !== context.profile || told.year !== context.year) {
      return { problems: [`Filen gäller inte ${context.place} ${context.year}.`] };
    }
    if (told.is_example !== context.isExample) return { problems: ["Beslut om exempeldata och om verkliga uppgifter hålls isär."] };
    const notes = [];
    if (told.ranking_sha256 !== context.sha256) notes.push("Filen bygger på en annan version av rangordningen än den här sidan.");
    const state = empty(context);
    const words = (value) => (typeof value === "string" ? value : "");
    state.forum = words(told.forum);
    state.date = words(told.date);
    state.roles = (Array.isArray(told.roles) ? told.roles : []).map(words).map(line).join("\n");
    let unknown = 0;
    for (const one of Array.isArray(told.decisions) ? told.decisions : []) {
      const own = isObject(one) && typeof one.problem_area === "string" && Object.hasOwn(state.decisions, one.problem_area)
        ? state.decisions[one.problem_area] : null;
      if (own === null || !CHOICES.includes(one.decision)) { unknown += 1; continue; }
      own.decision = one.decision;
      own.reason = words(one.reason);
      own.judged = judgements(isObject(one.judged) ? one.judged : {}, context);
    }
    if (unknown > 0) notes.push(unknown === 1 ? "Ett beslut gick inte att läsa." : `${unknown} beslut gick inte att läsa.`);
    return { state, notes, weights: isObject(told.weights) ? told.weights : {} };
  }

  function judgements(told, context) {
    const found = {};
    for (const { id } of context.criteria) {
      const value = Object.hasOwn(told, id) ? told[id] : null;
      if (Number.isInteger(value) && value >= 0 && value <= HIGHEST) found[id] = value;
    }
    return found;
  }

  return { CHOICES, LONGEST, empty, line, roles, decided, personal, problems, warnings, exported, read, judgements };
})();
if (typeof module === "object") module.exports = Decision;

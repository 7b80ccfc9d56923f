"use strict";
// The decision forms: from the fields to the state and back, and what the page says of it.
const Form = (() => {
  const STATES = { prioritera: "Prioriteras", avvakta: "Avvaktar", bortprioritera: "Bortprioriteras" };
  const field = (id) => document.getElementById(id);

  /** The state as the fields say it. */
  function read(context) {
    const state = { forum: field("forum").value, date: field("datum").value, roles: field("roller").value, decisions: {} };
    for (const { id } of context.areas) {
      const form = document.querySelector(`form[data-area="${CSS.escape(id)}"]`);
      const judged = {};
      for (const select of form.querySelectorAll("select")) {
        if (select.value !== "") judged[select.dataset.criterion] = Number(select.value);
      }
      const chosen = form.querySelector("input[type=radio]:checked");
      state.decisions[id] = { decision: chosen ? chosen.value : "", reason: field(`${id}-motivering`).value, judged };
    }
    return state;
  }

  /** The fields as the state says. */
  function write(state, context) {
    field("forum").value = state.forum;
    field("datum").value = state.date;
    field("roller").value = state.roles;
    for (const { id } of context.areas) {
      const own = state.decisions[id];
      const form = document.querySelector(`form[data-area="${CSS.escape(id)}"]`);
      for (const select of form.querySelectorAll("select")) select.value = String(own.judged[select.dataset.criterion] ?? "");
      for (const radio of form.querySelectorAll("input[type=radio]")) radio.checked = radio.value === own.decision;
      field(`${id}-motivering`).value = own.reason;
    }
  }

  /** What stands beside each area's name, and how far the forum has come. */
  function progress(state, context) {
    for (const area of context.areas) {
      const decision = state.decisions[area.id].decision;
      const unmeasured = context.run.areas.some((figure) => figure.area === area.id) ? "" : "Ingen källa mäter området. ";
      const shown = field(`${area.id}-lage`);
      shown.textContent = unmeasured + (STATES[decision] ?? "Inget beslut ännu");
      shown.classList.toggle("decided", decision !== "");
    }
    const count = Decision.decided(state, context).length;
    field("framsteg").textContent = count === 0 ? "Inga beslut ännu" : `${count} av ${context.areas.length} beslutade`;
  }

  /** Marks the fields that have to be put right and lists why, each with a way there. */
  function complain(problems) {
    for (const marked of document.querySelectorAll("[aria-invalid]")) marked.removeAttribute("aria-invalid");
    const box = field("fel");
    box.hidden = problems.length === 0;
    if (problems.length === 0) return box.replaceChildren();
    const items = problems.map(({ field: id, message }) => {
      const target = field(id);
      if (target?.matches("input, textarea, select")) target.setAttribute("aria-invalid", "true");
      return List.element("li", {}, List.element("a", { href: `#${id}` }, message));
    });
    box.replaceChildren(List.element("p", {}, List.element("strong", {}, "Innan beslutet kan sparas:")), List.element("ul", {}, ...items));
    return box.focus();
  }

  /** Opens whatever the element stands in and moves there. */
  function goTo(id) {
    const target = field(id);
    if (!target) return;
    for (let box = target; box; box = box.parentElement) if (box.tagName === "DETAILS") box.open = true;
    const focused = target.tagName === "DETAILS" ? target.querySelector("summary") : target;
    focused.focus({ preventScroll: true });
    target.scrollIntoView({ block: "start" });
  }

  return { read, write, progress, complain, goTo, STATES };
})();
if (typeof module === "object") module.exports = Form;

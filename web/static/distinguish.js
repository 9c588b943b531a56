// Comforts of the page that tells offences apart: everything works without this file.
"use strict";

// Words of the element that is pointed at or focused stand out in the facts.
function light(key) {
  for (const lit of document.querySelectorAll(".is-lit")) lit.classList.remove("is-lit");
  const panel = document.querySelector(".facts-panel");
  if (!panel) return;
  panel.classList.toggle("is-hushed", Boolean(key));
  if (!key) return;
  let first = null;
  for (const mark of panel.querySelectorAll("mark[data-elements]")) {
    if (!mark.dataset.elements.split(" ").includes(key)) continue;
    mark.classList.add("is-lit");
    first ??= mark;
  }
  for (const place of document.querySelectorAll("[data-element]")) {
    if (place.dataset.element === key) place.classList.add("is-lit");
  }
  // Scroll the panel alone: the page must stay where the reader is.
  if (first && panel.scrollHeight > panel.clientHeight) {
    const box = panel.getBoundingClientRect();
    const word = first.getBoundingClientRect();
    if (word.top < box.top || word.bottom > box.bottom) {
      panel.scrollTop += word.top - box.top - panel.clientHeight / 3;
    }
  }
}

const keyOf = (event) => event.target.closest?.("[data-element]")?.dataset.element;
const held = () => document.activeElement?.closest("[data-element]")?.dataset.element;

document.addEventListener("pointerover", (event) => light(keyOf(event) ?? held()));
document.addEventListener("focusin", (event) => light(keyOf(event)));

// A link to an element opens the offence it is folded in.
function unfold() {
  const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const fold = place?.closest("details");
  if (fold && !fold.open) {
    fold.open = true;
    place.scrollIntoView();
  }
}
addEventListener("hashchange", unfold);
unfold();

// "What if" is read again in place, so that the reader keeps the matrix in view.
async function renew(form, submitter) {
  const analysis = document.getElementById("analysis");
  const focused = document.activeElement?.id;
  const nameOf = (fold) => fold.id || fold.querySelector("summary").textContent;
  const open = [...analysis.querySelectorAll("details[open]")].map(nameOf);
  analysis.classList.add("is-waiting");
  try {
    const body = new FormData(form, submitter);
    const answer = await fetch(form.action, { method: "POST", body });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("analysis");
    if (!fresh) throw new Error("no analysis");
    analysis.replaceWith(document.adoptNode(fresh));
    for (const fold of fresh.querySelectorAll("details")) {
      // Offences stay as the reader left them; what the changed case opens elsewhere is opened.
      const keeps = fold.classList.contains("offence") && analysis.querySelector(`#${fold.id}`);
      fold.open = open.includes(nameOf(fold)) || (!keeps && fold.open);
    }
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    const said = document.getElementById("renewed");
    said.textContent = said.dataset.wording;
  } catch {
    // The plain way shows whatever the server has to say.
    analysis.classList.remove("is-waiting");
    form.submit();
  }
}

document.addEventListener("submit", (event) => {
  const submitter = event.submitter;
  if (event.target.id !== "case" || submitter?.hasAttribute("formaction")) return;
  event.preventDefault();
  renew(event.target, submitter);
});

document.addEventListener("change", (event) => {
  const field = event.target;
  if (field.name !== "strike" && field.name !== "assume") return;
  field.form.requestSubmit();
});

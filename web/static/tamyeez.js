// Comforts only: everything works without this file.
"use strict";

const results = () => [...document.querySelectorAll("a[data-result]")];

function move(step) {
  const links = results();
  if (!links.length) return;
  const here = links.indexOf(document.activeElement);
  const next = here < 0 ? (step > 0 ? 0 : links.length - 1) : here + step;
  const link = links[Math.min(Math.max(next, 0), links.length - 1)];
  link.focus();
  link.closest("li").scrollIntoView({ block: "nearest" });
}

// The page before or after: of results, or of provisions.
function step(where) {
  document.querySelector(`a[data-step="${where}"]`)?.click();
}

// What is shown beside a defined term can be put away until the term is reached again.
function hideTold() {
  for (const term of document.querySelectorAll(".defined")) {
    if (!term.matches(":hover, :focus-within")) continue;
    term.classList.add("is-put-away");
    const back = () => term.classList.remove("is-put-away");
    term.addEventListener("pointerleave", back, { once: true });
    term.addEventListener("focusout", back, { once: true });
  }
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const field = event.target.closest("input, textarea, select");
  if (field) {
    if (event.key === "Escape") field.blur();
    return;
  }
  if (event.key === "Escape") return hideTold();
  // The arrows move between results once one is reached; before that they scroll.
  if (event.target.matches("a[data-result]") && ["ArrowDown", "ArrowUp"].includes(event.key)) {
    event.preventDefault();
    return move(event.key === "ArrowDown" ? 1 : -1);
  }
  // By the key's place too: an Arabic keyboard has other letters on / j k.
  if (event.key === "/" || event.code === "Slash") {
    const box = document.getElementById("q");
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  } else if (event.code === "KeyJ") move(1);
  else if (event.code === "KeyK") move(-1);
  else if (event.code === "KeyN") step("next");
  else if (event.code === "KeyP") step("previous");
});

async function copy(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    // Without a secure origin browsers offer only the older way.
    const area = document.createElement("textarea");
    area.value = button.dataset.copy;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  const wording = button.textContent;
  button.textContent = button.dataset.copied;
  setTimeout(() => (button.textContent = wording), 2000);
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button), { passive: true });
}

// Long contents beside a text start where the reader is, at a whole line.
const here = document.querySelector(".beside nav a[aria-current]");
if (here) {
  const list = here.closest("nav");
  const top = (entry) =>
    entry.getBoundingClientRect().top - list.getBoundingClientRect().top + list.scrollTop - list.clientTop;
  // Lines are measured once they stand in their own type.
  document.fonts.ready.then(() => {
    const wanted = top(here) - list.clientHeight / 3;
    const first = [...list.querySelectorAll("li:has(> a)")].findLast((entry) => top(entry) <= wanted);
    if (!first) return;
    const missing = top(first) + list.clientHeight - list.scrollHeight;
    if (missing > 0) list.style.paddingBlockEnd = `${missing}px`; // so that the end can start there
    list.scrollTop = top(first);
  });
}

// On a narrow screen lists beside the text start folded.
if (matchMedia("(max-width: 60rem)").matches) {
  for (const list of document.querySelectorAll(".filters > details, .toc")) list.open = false;
}

// Comforts of the librarian's page: dropping files, and progress that moves. All works without it.
"use strict";

const form = document.querySelector("#add form");
const files = document.getElementById("files");
const drop = files.closest(".drop");

// A form that is too large would be sent for minutes before it is refused.
function fault() {
  const chosen = [...files.files];
  const large = chosen.find((file) => file.size > Number(form.dataset.fileMost));
  if (large) return form.dataset.fileTooLarge.replace("{name}", large.name);
  const all = chosen.reduce((sum, file) => sum + file.size, 0);
  return all > Number(form.dataset.formMost) ? form.dataset.formTooLarge : "";
}

function show() {
  const names = [...files.files].map((file) => {
    const item = document.createElement("li");
    item.dir = "auto";
    item.textContent = file.name;
    return item;
  });
  document.getElementById("chosen").replaceChildren(...(names.length > 1 ? names : []));
  files.setCustomValidity(fault());
  files.reportValidity();
}

files.addEventListener("change", show);
drop.addEventListener("dragover", (event) => {
  event.preventDefault();
  drop.classList.add("is-over");
});
drop.addEventListener("dragleave", () => drop.classList.remove("is-over"));
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("is-over");
  files.files = event.dataTransfer.files;
  show();
});
form.addEventListener("submit", () => {
  const button = form.querySelector("button[type=submit]");
  button.disabled = true;
  button.textContent = form.dataset.sending;
});

async function part(address, ids) {
  const answer = await fetch(address);
  if (!answer.ok || answer.redirected) return false;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const id of ids) {
    const [old, now] = [document.getElementById(id), fresh.getElementById(id)];
    // Where the reader is at work nothing is changed under their hands.
    if (old && now && !old.contains(document.activeElement)) old.replaceWith(now);
  }
  return true;
}

const isRunning = () => document.getElementById("job").dataset.stage === "running";

async function follow() {
  while (isRunning()) {
    await new Promise((done) => setTimeout(done, 1000));
    try {
      if (!(await part(document.getElementById("job").dataset.address, ["job"]))) return;
    } catch {
      continue; // the server starts anew, or the line is down: asked again
    }
    if (isRunning()) continue;
    await part(location.pathname, ["held", "refused", "held-files"]);
    document.getElementById("told").textContent =
      document.querySelector(".job-line").textContent.trim();
  }
}

if (isRunning()) follow();

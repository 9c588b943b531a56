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

// A folder that is dropped stands for the files in it and below it.
async function within(entries) {
  const held = new DataTransfer();
  for (const file of (await Promise.all(entries.map(under))).flat())
    if (!file.name.startsWith(".")) held.items.add(file);
  return held.files;
}

async function under(entry) {
  const told = (ask) => new Promise((done, failed) => ask(done, failed));
  if (entry.isFile) return [await told((done, failed) => entry.file(done, failed))];
  const [reader, found] = [entry.createReader(), []];
  for (let more = true; more; ) {
    // It tells a hundred at a time.
    const next = await told((done, failed) => reader.readEntries(done, failed));
    found.push(...(await Promise.all(next.map(under))).flat());
    more = next.length > 0;
  }
  return found;
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
drop.addEventListener("drop", async (event) => {
  event.preventDefault();
  drop.classList.remove("is-over");
  const dropped = event.dataTransfer.files;
  const told = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry());
  const entries = told.filter((entry) => entry !== null);  // a text that is dropped is none
  files.files = entries.some((entry) => entry.isDirectory) ? await within(entries) : dropped;
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

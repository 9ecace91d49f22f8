// The builder without waiting for whole pages. Every button here is a plain form that works by
// itself; this puts the server's answer into the page, keeps the focus, and adds dragging.
import { useDragging } from "./dragging.js";

document.documentElement.classList.add("scripted");
const message = document.getElementById("besked");

/** Post a form as its own button would, and get the page that comes back. */
async function send(form, button, more = {}) {
  const fields = new URLSearchParams(new FormData(form));
  if (button?.name) fields.append(button.name, button.value);
  for (const [name, value] of Object.entries(more)) fields.set(name, value);
  const response = await fetch(form.getAttribute("action") || location.href, {
    method: "POST",
    body: fields,
    headers: { Accept: "text/html" },
  });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return { page, url: response.url };
}

/** Do `work` while nothing can be typed or pressed in `part`: the answer replaces it, and what was
    typed meanwhile would be gone without a word. */
async function meanwhile(part, work) {
  if (part.inert) return;
  part.inert = true;
  part.setAttribute("aria-busy", "true");
  try {
    await work();
  } finally {
    part.inert = false;
    part.removeAttribute("aria-busy");
  }
}

function say(text) {
  if (!message) return;
  message.textContent = "";
  setTimeout(() => (message.textContent = text), 50);
}

/** Put the new page's part with this id where the old one stands. False: it has none. */
function replace(id, page) {
  const [old, fresh] = [document.getElementById(id), page.getElementById(id)];
  if (!old || !fresh) return false;
  const open = [...old.querySelectorAll("details[open] > summary[id]")].map((one) => one.id);
  const folds = [...old.querySelectorAll("details.fold")].map((one) => one.open);
  old.replaceWith(document.adoptNode(fresh));
  for (const summary of open) document.getElementById(summary)?.parentElement.setAttribute("open", "");
  fresh.querySelectorAll("details.fold").forEach((one, at) => (one.open ||= folds[at] ?? false));
  return true;
}

function focusOn(...ids) {
  const found = ids.map((id) => id && document.getElementById(id)).find((one) => one);
  const inside = found?.matches("input, select, textarea, button, a, summary, [tabindex]")
    ? found
    : found?.querySelector("a, input, button, summary");
  inside?.focus();
  return Boolean(inside);
}

// Forms with lists: a row more or less, moved, filled in.

async function takeStep(form, button) {
  const { page } = await send(form, button);
  if (!replace(form.id, page)) return form.submit();
  const fresh = document.getElementById(form.id);
  const wanted = fresh.dataset.focus;
  focusOn(wanted, button.id);
  const target = document.activeElement?.labels?.[0] ?? document.activeElement;
  if (button.value.match(/^(remove|preset|paste)/)) say(target?.textContent?.trim() ?? "");
}

document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (form.matches("[data-steps]") && submitter?.name === "do" && !submitter.value.startsWith("save")) {
    event.preventDefault();
    meanwhile(form, () => takeStep(form, submitter)).catch(() => form.submit());
  } else if (form.matches("[data-outline]") && document.getElementById("disposition")?.contains(form)) {
    event.preventDefault();
    const outline = document.getElementById("disposition");
    meanwhile(outline, () => change(form, submitter)).catch(() => form.submit());
  }
});

document.addEventListener("change", (event) => {
  const select = event.target.closest("[data-refresh]");
  if (!select) return;
  const button = { name: "do", value: `refresh:${select.dataset.refresh}`, id: select.id };
  meanwhile(select.form, () => takeStep(select.form, button)).catch(() => undefined);
});

// Enter in an answer's field goes on to the next one, with a new row after the last.
document.addEventListener("keydown", (event) => {
  const list = event.target.closest?.("[data-list]");
  const field = event.target.closest?.(".row-line input, .row-line textarea");
  if (event.key === "Enter" && list && field) {
    event.preventDefault();
    const lines = [...list.querySelectorAll(".row-line")];
    const next = lines[lines.indexOf(field.closest(".row-line")) + 1];
    if (next) next.querySelector(".cell-words :is(input, textarea)").focus();
    else document.getElementById(`add-${list.dataset.list}`)?.click();
  }
  if (event.key === "Escape") {
    const menu = event.target.closest?.("details.more[open]");
    menu?.removeAttribute("open");
    menu?.querySelector("summary").focus();
  }
});

// Menus close when something else is used.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.more[open]")) {
    if (!menu.contains(event.target)) menu.removeAttribute("open");
  }
});
document.addEventListener("focusin", (event) => {
  for (const menu of document.querySelectorAll("details.more[open]")) {
    if (!menu.contains(event.target)) menu.removeAttribute("open");
  }
});

// The outline: what was moved keeps the focus, and where it came to is said.

async function change(form, button) {
  const id = button?.id ?? "";
  const { page, url } = await send(form, button);
  if (!replace("disposition", page)) return location.assign(url);
  history.replaceState(null, "", location.pathname);
  prepare();
  if (toldOfOthers()) return;
  const name = id.replace(/^(upp|ned)-/, "");
  const here = document.getElementById(`fraga-${name}`) ?? document.getElementById(`avsnitt-${name}`);
  if (/^(upp|ned)-/.test(id) && here) {
    focusOn(id, `${id.startsWith("upp") ? "ned" : "upp"}-${name}`, `mer-${name}`);
    here.scrollIntoView({ block: "nearest" });
    say(whereabouts(here));
  } else {
    focusOn("angra");
    say(document.querySelector(".change p")?.textContent ?? "");
  }
}

/** Somebody else was quicker: the outline that came back says so. */
function toldOfOthers() {
  const told = document.getElementById("meddelande");
  if (told) {
    told.scrollIntoView({ block: "center" });
    say(told.textContent);
  }
  return Boolean(told);
}

function whereabouts(part) {
  const moved = document.getElementById("disposition").dataset.moved;
  const section = part.closest("[data-section]");
  const heading = section?.querySelector("h2")?.textContent.trim() ?? "";
  if (!part.dataset.question) return `${moved} ${heading}`;
  const siblings = [...part.parentElement.children];
  return `${moved} ${heading}: ${siblings.indexOf(part) + 1} / ${siblings.length}`;
}

async function drop(question, { dataset: { questions: section } }, to) {
  const form = question.querySelector("form[action$='/flytta']");
  if (!form) return;
  try {
    const { page, url } = await send(form, null, { section, to });
    if (!replace("disposition", page)) return location.assign(url);
    prepare();
    if (toldOfOthers()) return;
    focusOn(`mer-${question.dataset.question}`);
    say(whereabouts(document.getElementById(`fraga-${question.dataset.question}`)));
  } catch {
    location.reload();
  }
}

function prepare() {
  for (const handle of document.querySelectorAll("[data-handle]")) handle.hidden = false;
}

prepare();
useDragging({ parts: "[data-question]", lists: "[data-questions]" }, drop);

// Follows a meeting: shows what has changed, says when the server was last heard from, says when the
// connection is lost, and catches up by number. Without script the page is reloaded by hand.
const standing = document.querySelector("[data-live]");
const said = document.querySelector("[data-live-said]");
const PATIENCE = 25_000; // ms without a pulse: the connection is lost, whatever the browser thinks
const own = `${location.pathname.split("/").slice(0, 3).join("/")}/handelser`;
const addresses = [...new Set([`${standing.dataset.streams}${own}`, own])];

let number = Number(standing.dataset.number);
let heard = new Date();
let tried = Date.now();
let lost = false;
let source = null;
let failures = 0;
let timer = 0;
let fetching = false;
let again = false;

function clock(moment) {
  const two = (part) => String(part).padStart(2, "0");
  return [moment.getHours(), moment.getMinutes(), moment.getSeconds()].map(two).join(".");
}

function tell() {
  const words = lost ? standing.dataset.lost : standing.dataset.heard;
  standing.querySelector("[data-live-words]").textContent = words.replace("{tid}", clock(heard));
  standing.classList.toggle("live-lost", lost);
  standing.dataset.state = lost ? "lost" : "following";
}

function hear() {
  heard = new Date();
  failures = 0;
  if (lost) {
    lost = false;
    said.textContent = standing.dataset.back;
  }
  tell();
  document.dispatchEvent(new Event("heard")); // what waits to be sent can go now
}

function lose() {
  if (!lost) {
    lost = true;
    said.textContent = standing.dataset.lost.replace("{tid}", clock(heard));
  }
  tell();
}

function connect() {
  tried = Date.now();
  clearTimeout(timer);
  source?.close();
  const address = addresses[failures % addresses.length];
  const query = new URLSearchParams({ efter: String(number), vy: standing.dataset.view });
  const lang = new URLSearchParams(location.search).get("lang");
  if (lang) query.set("lang", lang);
  source = new EventSource(`${address}?${query}`, { withCredentials: true });
  source.addEventListener("hande", (event) => {
    hear();
    number = Math.max(number, JSON.parse(event.data).nummer);
    if (!standing.dataset.view) refresh();
  });
  source.addEventListener("lage", (event) => {
    hear();
    const made = document.createElement("template");
    made.innerHTML = JSON.parse(event.data).html;
    swap(document.querySelector("[data-live-part]"), made.content);
  });
  source.addEventListener("puls", hear);
  source.addEventListener("slut", (event) => {
    hear();
    source.close();
    timer = setTimeout(connect, JSON.parse(event.data).om);
  });
  source.onerror = () => {
    source.close();
    failures += 1;
    if (failures > 1 || addresses.length === 1) lose();
    timer = setTimeout(connect, Math.min(5_000, 250 * 2 ** Math.min(failures, 4)) * (0.5 + Math.random()));
  };
}

// Put `fresh` in place of what `part` shows; what was chosen or typed there stays, and so does focus.
function swap(part, fresh) {
  const kept = new Map();
  for (const field of part.querySelectorAll("input[id], textarea[id], select[id]")) {
    kept.set(field.id, field.type === "checkbox" || field.type === "radio" ? field.checked : field.value);
  }
  const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
  const open = [...part.querySelectorAll("details[id][open]")].map((each) => each.id);
  part.replaceChildren(...fresh.childNodes);
  for (const [id, value] of kept) {
    const field = document.getElementById(id);
    if (!field || field.type === "hidden") continue;
    if (typeof value === "boolean") field.checked = value;
    else field.value = value;
  }
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  count();
  part.dispatchEvent(new CustomEvent("swapped", { bubbles: true }));
}

// Whoever leads sees more than all do: their page is fetched, one time at once.
async function refresh() {
  if (fetching) {
    again = true;
    return;
  }
  fetching = true;
  try {
    const answer = await fetch(location.href);
    if (answer.redirected) return location.reload();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (document.documentElement.classList.contains("drag-active")) {
      again = true; // what is being dragged stays where it is
      await new Promise((resolve) => setTimeout(resolve, 250));
      return;
    }
    for (const fresh of page.querySelectorAll("[data-live-part]")) {
      const part = document.getElementById(fresh.id);
      if (part) swap(part, fresh);
    }
  } catch {
    again = true; // no connection just now
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  } finally {
    fetching = false;
    if (again) {
      again = false;
      refresh();
    }
  }
}

function spell(seconds) {
  return `${Math.floor(seconds / 60)}.${String(seconds % 60).padStart(2, "0")}`;
}

function count() {
  for (const shown of document.querySelectorAll("[data-ends]")) {
    const left = Math.ceil((new Date(shown.dataset.ends) - Date.now()) / 60_000);
    const words = left >= 0 ? shown.dataset.left : shown.dataset.past;
    shown.textContent = words.replace("{minuter}", String(Math.abs(left)));
  }
  for (const shown of document.querySelectorAll("[data-began]")) {
    const gone = Math.max(0, Math.floor((Date.now() - new Date(shown.dataset.began)) / 1_000));
    const limit = Number(shown.dataset.limit);
    const words = !limit ? shown.dataset.time : gone <= limit ? shown.dataset.of : shown.dataset.over;
    shown.textContent = words.replace("{tid}", spell(gone)).replace("{hela}", spell(limit));
    shown.classList.toggle("floor-over", limit > 0 && gone > limit);
  }
}

setInterval(() => {
  count();
  if (Date.now() - Math.max(heard, tried) > PATIENCE) {
    lose();
    connect();
  }
}, 1_000);
addEventListener("online", connect);
addEventListener("offline", () => {
  source?.close();
  lose();
});
addEventListener("pagehide", () => source?.close());
addEventListener("pageshow", (event) => event.persisted && connect());
count();
tell();
connect();

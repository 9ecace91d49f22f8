// Follows a meeting: shows what has changed, says when the server was last heard from, says when the
// connection is lost, and catches up by number. Who may not follow any more is told so and shown nothing of it.
// Without script the page is reloaded by hand.
const standing = document.querySelector("[data-live]");
const said = document.querySelector("[data-live-said]");
const PATIENCE = 25_000; // ms without a pulse: the connection is lost, whatever the browser thinks
const own = `${location.pathname.split("/").slice(0, 3).join("/")}/handelser`;
const addresses = [...new Set([`${standing.dataset.streams}${own}`, own])];

let number = Number(standing.dataset.number);
let heard = new Date();
let tried = Date.now();
let lost = false;
let shut = false;
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
  if (shut) return;
  if (!lost) {
    lost = true;
    said.textContent = standing.dataset.lost.replace("{tid}", clock(heard));
  }
  tell();
}

// Signed out, or without a right to see the meeting: what it shows goes from the screen, and what could be done in it;
// not a text that somebody has typed.
function close() {
  shut = true;
  source?.close();
  clearTimeout(timer);
  for (const part of document.querySelectorAll("[data-live-part]")) part.replaceChildren();
  for (let each = said.nextElementSibling; each; each = each.nextElementSibling) each.hidden = !each.querySelector("textarea");
  standing.querySelector("[data-live-words]").textContent = said.textContent = standing.dataset.shut;
  standing.classList.add("live-lost");
  standing.dataset.state = "shut";
}

// A stream that is refused looks like one that is not reached: ask in a way that tells them apart.
async function refused() {
  try {
    const query = new URLSearchParams({ efter: String(number) });
    const answer = await fetch(`${own}?${query}`, { redirect: "manual", signal: AbortSignal.timeout(PATIENCE / 5) });
    return isRefusal(answer);
  } catch {
    return false;
  }
}

function isRefusal(answer) {
  return answer.type === "opaqueredirect" || [401, 403, 404].includes(answer.status);
}

function connect() {
  if (shut) return;
  tried = Date.now();
  clearTimeout(timer);
  source?.close();
  const address = addresses[failures % addresses.length];
  const query = new URLSearchParams({ efter: String(number), vy: standing.dataset.view });
  const lang = new URLSearchParams(location.search).get("lang");
  if (lang) query.set("lang", lang);
  const made = new EventSource(`${address}?${query}`, { withCredentials: true });
  source = made;
  source.addEventListener("hande", (event) => {
    hear();
    number = Math.max(number, JSON.parse(event.data).nummer);
    if (!standing.dataset.view) refresh();
  });
  source.addEventListener("lage", (event) => {
    hear();
    const fresh = document.createElement("template");
    fresh.innerHTML = JSON.parse(event.data).html;
    swap(document.querySelector("[data-live-part]"), fresh.content);
  });
  source.addEventListener("puls", hear);
  source.addEventListener("slut", (event) => {
    hear();
    source.close();
    timer = setTimeout(connect, JSON.parse(event.data).om);
  });
  source.onerror = async () => {
    source.close();
    failures += 1;
    if (failures >= addresses.length) {
      if (await refused()) return close();
      if (source !== made) return; // another has been begun meanwhile
      lose();
    }
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
  if (shut) return;
  if (fetching) {
    again = true;
    return;
  }
  fetching = true;
  try {
    const answer = await fetch(location.href);
    if (answer.redirected) return location.reload();
    if (isRefusal(answer)) return close();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (shut) return; // while this was on its way
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

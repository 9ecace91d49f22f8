/**
 * Supporting questions and voting with a pass that the server has signed without seeing it. The pass
 * is sent without cookies, and stays in this browser until the meeting's key is no longer used. What
 * does not get through is kept here too, and sent when there is contact again.
 */

import { blind, finalize, prepare, publicKey } from "../answer/blinding";
import { type Bytes, random } from "../answer/bytes";

interface Pass {
  pass: string;
  signature: string;
}

interface Kept {
  prepared: string;
  blinded: string;
  inverse: string;
  signature?: string;
  done: Record<string, string>; // what was supported or voted, for this browser to show
}

/** What has not got through. */
interface Waiting {
  address: string;
  body: object;
  done: string;
}

const room = document.querySelector<HTMLElement>("[data-passes]")!;
const words = room.dataset as Record<string, string>;
const base = location.pathname.split("/").slice(0, 3).join("/");
const place = `pass:${base}:${words.own}`; // whoever else signs in here has their own
const scanned = `lapp:${base.split("/").pop()}`; // the code of a slip, from the page where one joins
const WAIT = 5_000; // ms at the most, at random: passes are not fetched in the order of votes

const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
const bytes = (text: string): Bytes => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

function kept(): Kept | null {
  return JSON.parse(localStorage.getItem(place) ?? "null") as Kept | null;
}

function keep(what: Kept): void {
  localStorage.setItem(place, JSON.stringify(what));
}

function waiting(): Record<string, Waiting> {
  return JSON.parse(localStorage.getItem(`${place}:waiting`) ?? "{}") as Record<string, Waiting>;
}

/** Keep what waits to be sent, or take it away. */
function wait(thing: string, what: Waiting | null): void {
  const all = waiting();
  if (what) all[thing] = what;
  else delete all[thing];
  localStorage.setItem(`${place}:waiting`, JSON.stringify(all));
}

class Refused extends Error {}

/** Nothing can be sent yet, and the page says why: no slip was given. */
class Lacking extends Error {}

async function send(address: string, body: object, own: boolean): Promise<Record<string, string>> {
  const headers: Record<string, string> = { "content-type": "application/json" };
  if (own) headers["X-CSRFToken"] = words.csrf!;
  const answer = await fetch(`${base}/${address}`, {
    method: "POST",
    headers,
    body: JSON.stringify(body),
    credentials: own ? "same-origin" : "omit",
    referrerPolicy: own ? "same-origin" : "no-referrer",
  });
  if (answer.status === 409) throw new Refused(((await answer.json()) as { sentence: string }).sentence);
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as Record<string, string>;
}

let asking: Promise<Pass> | null = null;

/** The pass; got once, kept before it is sent so that a lost answer can be asked for again. */
function pass(): Promise<Pass> {
  asking ??= get().catch((problem: unknown) => {
    asking = null;
    throw problem;
  });
  return asking;
}

async function get(): Promise<Pass> {
  let mine = kept();
  if (mine?.signature) return { pass: mine.prepared, signature: mine.signature };
  const key = await publicKey(bytes((await send("pass", {}, true)).key!));
  if (!mine) {
    const prepared = prepare(random(32));
    const made = await blind(key, prepared);
    mine = { prepared: base64(prepared), blinded: base64(made.message), inverse: base64(made.inverse), done: {} };
    keep(mine);
  }
  const slip = sessionStorage.getItem(scanned) ?? "";
  if (words.pass === "slip" && !slip) throw new Lacking();
  const signed = await send("pass", { blinded: mine.blinded, slip }, true);
  const signature = await finalize(key, bytes(mine.prepared), bytes(signed.signature!), bytes(mine.inverse));
  mine.signature = base64(signature);
  keep(mine);
  sessionStorage.removeItem(scanned);
  return { pass: mine.prepared, signature: mine.signature };
}

// What was refused, and why: it is said anew when the page has changed, and where a poll is gone, above.
const refused = new Map<string, string>();

function say(near: ParentNode, text: string): void {
  const line = near.querySelector("[data-vote-said]");
  if (line) line.textContent = text;
}

function show(): void {
  const mine = kept();
  const done = mine?.done ?? {};
  const late = waiting();
  const form = document.querySelector<HTMLFormElement>("[data-slip]");
  if (form) form.hidden = Boolean(mine?.signature);
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-support]")) {
    button.hidden = false;
    if (done[button.dataset.support!]) {
      button.disabled = true;
      button.textContent = words.supported!;
    }
  }
  for (const poll of document.querySelectorAll<HTMLElement>("[data-poll]")) {
    poll.querySelector<HTMLElement>("[data-vote]")!.hidden = false;
    const waits = late[poll.dataset.poll!];
    const before = waits?.done ?? done[poll.dataset.poll!];
    if (before === undefined) continue;
    if (!poll.querySelector("[data-vote-said]")!.textContent) say(poll, waits ? words.failed! : words.voted!);
    const own = [...poll.querySelectorAll<HTMLInputElement>("input.form-control")];
    if (own.length && own.every((each) => !each.value)) before.split("\n").forEach((word, at) => (own[at]!.value = word));
    if (own.length || poll.querySelector("input:checked")) continue;
    for (const place of before.split(",")) {
      const input = poll.querySelector<HTMLInputElement>(`input[value="${place}"]`);
      if (input) input.checked = true;
    }
  }
  for (const [thing, sentence] of refused) say(near(thing) ?? document, sentence);
}

function near(thing: string): Element | null {
  const button = document.querySelector(`[data-support="${thing}"]`);
  return button?.closest("li") ?? document.querySelector(`[data-poll="${thing}"]`);
}

/** Send what was chosen; until an answer has come it is kept, so that it is sent again, as the same. */
async function spend(thing: string, what: Waiting): Promise<void> {
  const button = near(thing)?.querySelector<HTMLButtonElement>("[data-support], [data-vote]");
  const tell = (text: string): void => {
    say(near(thing) ?? document, text); // a poll that is closed by now is not there any more
  };
  if (button) button.disabled = true;
  refused.delete(thing);
  tell(words.sending!);
  try {
    wait(thing, what);
    await send(what.address, { ...(await pass()), ...what.body }, false);
    wait(thing, null);
    const mine = kept()!;
    mine.done[thing] = what.done;
    keep(mine);
    tell(what.address.startsWith("fragor") ? "" : words.voted!);
  } catch (problem) {
    if (problem instanceof Refused) {
      wait(thing, null);
      refused.set(thing, problem.message);
    }
    tell(problem instanceof Refused ? problem.message : problem instanceof Lacking ? words.lacking! : words.failed!);
  }
  if (button) button.disabled = false;
  show();
}

let again = false;

/** Send what waits, one after the other. */
async function sendWaiting(): Promise<void> {
  if (again) return;
  again = true;
  for (const thing of Object.keys(waiting())) {
    const what = waiting()[thing];
    if (what) await spend(thing, what);
  }
  again = false;
}

document.addEventListener("click", (event) => {
  const button = (event.target as Element).closest<HTMLButtonElement>("[data-support], [data-vote]");
  if (!button) return;
  const question = button.dataset.support;
  if (question) {
    void spend(question, { address: `fragor/${question}/stod`, body: {}, done: "1" });
    return;
  }
  const poll = button.closest<HTMLElement>("[data-poll]")!;
  const id = poll.dataset.poll!;
  const typed = [...poll.querySelectorAll<HTMLInputElement>("input.form-control")].map((each) => each.value.trim());
  const own = typed.filter((word) => word);
  const chosen = [...poll.querySelectorAll<HTMLInputElement>("input:checked")].map((each) => each.value);
  if (!own.length && !chosen.length) {
    say(poll, poll.dataset.choose ?? words.choose!);
    return;
  }
  const choices = own.length ? own : chosen.map(Number);
  const done = own.length ? own.join("\n") : chosen.join(",");
  void spend(id, { address: `rostningar/${id}/rost`, body: { choices }, done });
});
document.addEventListener("submit", (event) => {
  const form = (event.target as Element).closest<HTMLFormElement>("[data-slip]");
  if (!form) return;
  event.preventDefault();
  sessionStorage.setItem(scanned, form.querySelector("input")!.value);
  say(form, words.sending!);
  pass().then(
    () => {
      say(document, words.taken!);
      show();
      void sendWaiting();
    },
    (problem: unknown) => {
      sessionStorage.removeItem(scanned);
      say(form, problem instanceof Refused ? problem.message : words.unreached!);
    },
  );
});
document.addEventListener("swapped", show);
document.addEventListener("heard", () => void sendWaiting()); // by the page that follows the meeting
show();
if (words.pass === "yes" || sessionStorage.getItem(scanned)) {
  const fetch = (): unknown => pass().then(show, () => undefined);
  setTimeout(fetch, words.pass === "yes" ? Math.random() * WAIT : 0);
}
void sendWaiting();

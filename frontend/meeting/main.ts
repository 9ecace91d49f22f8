/**
 * Supporting questions and voting with a pass that the server has signed without seeing it. The pass
 * is sent without cookies, and stays in this browser until the meeting's key is no longer used.
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

const room = document.querySelector<HTMLElement>("[data-passes]")!;
const words = room.dataset as Record<string, string>;
const base = location.pathname.split("/").slice(0, 3).join("/");
const place = `pass:${base}:${words.own}`; // whoever else signs in here has their own
const WAIT = 5_000; // ms at the most, at random: passes are not fetched in the order of votes

const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
const bytes = (text: string): Bytes => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

function kept(): Kept | null {
  return JSON.parse(localStorage.getItem(place) ?? "null") as Kept | null;
}

function keep(what: Kept): void {
  localStorage.setItem(place, JSON.stringify(what));
}

class Refused extends Error {}

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
  const signed = await send("pass", { blinded: mine.blinded }, true);
  const signature = await finalize(key, bytes(mine.prepared), bytes(signed.signature!), bytes(mine.inverse));
  mine.signature = base64(signature);
  keep(mine);
  return { pass: mine.prepared, signature: mine.signature };
}

function say(near: Element, text: string): void {
  const line = near.querySelector("[data-vote-said]");
  if (line) line.textContent = text;
}

function show(): void {
  const done = kept()?.done ?? {};
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-support]")) {
    button.hidden = false;
    if (done[button.dataset.support!]) {
      button.disabled = true;
      button.textContent = words.supported!;
    }
  }
  for (const poll of document.querySelectorAll<HTMLElement>("[data-poll]")) {
    poll.querySelector<HTMLElement>("[data-vote]")!.hidden = false;
    const before = done[poll.dataset.poll!];
    if (before === undefined) continue;
    if (!poll.querySelector("[data-vote-said]")!.textContent) say(poll, words.voted!);
    const own = [...poll.querySelectorAll<HTMLInputElement>("input.form-control")];
    if (own.length && own.every((each) => !each.value)) before.split("\n").forEach((word, at) => (own[at]!.value = word));
    if (own.length || poll.querySelector("input:checked")) continue;
    for (const place of before.split(",")) {
      const input = poll.querySelector<HTMLInputElement>(`input[value="${place}"]`);
      if (input) input.checked = true;
    }
  }
}

async function spend(button: HTMLButtonElement, near: Element, thing: string, address: string, body: object, done: string): Promise<void> {
  button.disabled = true;
  say(near, words.sending!);
  try {
    await send(address, { ...(await pass()), ...body }, false);
    const mine = kept()!;
    mine.done[thing] = done;
    keep(mine);
    say(near, button.dataset.vote === undefined ? "" : words.voted!);
  } catch (problem) {
    say(near, problem instanceof Refused ? problem.message : words.failed!);
  }
  button.disabled = false;
  show();
}

document.addEventListener("click", (event) => {
  const button = (event.target as Element).closest<HTMLButtonElement>("[data-support], [data-vote]");
  if (!button) return;
  const question = button.dataset.support;
  if (question) {
    void spend(button, button.closest("li")!, question, `fragor/${question}/stod`, {}, "1");
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
  void spend(button, poll, id, `rostningar/${id}/rost`, { choices }, own.length ? own.join("\n") : chosen.join(","));
});
document.addEventListener("swapped", show);
show();
setTimeout(() => void pass().catch(() => undefined), Math.random() * WAIT);

/**
 * What has been answered so far, kept only where the respondent wants it: in the tab's session,
 * on the device until tomorrow when ticked, in memory alone on a shared computer.
 */

import type { Answers } from "./items";

export type Keeping = "session" | "device" | "memory";

export interface Draft {
  answers: Answers;
  unit: string;
  level: string;
  corrected: boolean; // unit and level are the respondent's own, not the invitation's
  screen: string;
}

const PREFIX = "dialog.draft.";
const SECRET = "dialog.secret.";
const SHARED = "dialog.shared.";
const RECEIPT = "dialog.receipt.";

export class DraftStore {
  keeping: Keeping = "session";
  private expires = endOfTomorrow();
  private readonly name: string;

  constructor(private readonly round: string) {
    this.name = PREFIX + round;
    forgetExpired();
    const kept = localStorage.getItem(this.name);
    if (sessionStorage.getItem(SHARED + round)) this.keeping = "memory";
    else if (kept) this.keeping = "device";
    if (kept) this.expires = expiryOf(kept);
  }

  load(): Draft | null {
    const kept = sessionStorage.getItem(this.name) ?? localStorage.getItem(this.name);
    return this.keeping === "memory" || kept === null ? null : (JSON.parse(kept) as Draft);
  }

  save(draft: Draft): void {
    if (this.keeping === "memory") return;
    sessionStorage.setItem(this.name, JSON.stringify(draft));
    if (this.keeping !== "device") return;
    // The day it was ticked decides, however often the draft is taken up again.
    localStorage.setItem(this.name, JSON.stringify({ ...draft, expires: this.expires }));
  }

  /** Where the draft is kept from now on; what was kept elsewhere is removed. */
  choose(keeping: Keeping, draft: Draft): void {
    this.forget();
    this.keeping = keeping;
    this.expires = endOfTomorrow();
    // That the computer is shared outlives a reload, or the reload would end the protection.
    if (keeping === "memory") sessionStorage.setItem(SHARED + this.round, "1");
    else sessionStorage.removeItem(SHARED + this.round);
    this.save(draft);
  }

  forget(): void {
    sessionStorage.removeItem(this.name);
    localStorage.removeItem(this.name);
  }
}

/**
 * The secret of a personal link stands after #, reaches no server by itself, and is taken out of
 * the address at once so that no history or screenshot keeps it. Empty when there is none.
 */
export function secretInAddress(): string {
  const written = decodeURIComponent(location.hash.slice(1)).trim();
  if (!/^[0-9A-Za-z-]{14,60}$/.test(written)) return "";
  history.replaceState(history.state, "", location.pathname + location.search);
  return written;
}

/** What the tab remembers beside the draft; forgotten with it, or when the tab is closed. */
export class TabMemory {
  constructor(private readonly round: string) {}

  get secret(): string {
    return sessionStorage.getItem(SECRET + this.round) ?? "";
  }
  set secret(value: string) {
    sessionStorage.setItem(SECRET + this.round, value);
  }
  get receipt(): string {
    return sessionStorage.getItem(RECEIPT + this.round) ?? "";
  }
  set receipt(value: string) {
    sessionStorage.setItem(RECEIPT + this.round, value);
  }
  forget(): void {
    sessionStorage.removeItem(SECRET + this.round);
    sessionStorage.removeItem(RECEIPT + this.round);
  }
}

/** "Till i morgon" ends when tomorrow does. */
function endOfTomorrow(): number {
  const end = new Date();
  end.setDate(end.getDate() + 2);
  return end.setHours(0, 0, 0, 0);
}

function forgetExpired(): void {
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(PREFIX)) continue;
    if (expiryOf(localStorage.getItem(key)!) <= Date.now()) localStorage.removeItem(key);
  }
}

function expiryOf(kept: string): number {
  return (JSON.parse(kept) as { expires: number }).expires;
}

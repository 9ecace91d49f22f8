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

  constructor(private readonly round: string) {
    forgetExpired();
    if (sessionStorage.getItem(SHARED + round)) this.keeping = "memory";
    else if (localStorage.getItem(PREFIX + round)) this.keeping = "device";
  }

  load(): Draft | null {
    const kept =
      sessionStorage.getItem(PREFIX + this.round) ?? localStorage.getItem(PREFIX + this.round);
    if (this.keeping === "memory" || kept === null) return null;
    return JSON.parse(kept) as Draft;
  }

  save(draft: Draft): void {
    if (this.keeping === "memory") return;
    sessionStorage.setItem(PREFIX + this.round, JSON.stringify(draft));
    if (this.keeping === "device") {
      const expires = endOfTomorrow();
      localStorage.setItem(PREFIX + this.round, JSON.stringify({ ...draft, expires }));
    }
  }

  /** Where the draft is kept from now on; what was kept elsewhere is removed. */
  choose(keeping: Keeping, draft: Draft): void {
    this.forget();
    this.keeping = keeping;
    if (keeping === "memory") {
      // That the computer is shared outlives a reload, or the reload would end the protection.
      sessionStorage.setItem(SHARED + this.round, "1");
    } else {
      sessionStorage.removeItem(SHARED + this.round);
    }
    this.save(draft);
  }

  forget(): void {
    sessionStorage.removeItem(PREFIX + this.round);
    localStorage.removeItem(PREFIX + this.round);
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
    const { expires } = JSON.parse(localStorage.getItem(key)!) as { expires: number };
    if (expires <= Date.now()) localStorage.removeItem(key);
  }
}

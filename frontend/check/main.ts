/** The page where anybody checks a round: both servers say the same, and so does the noticeboard. */

import { equal, hex, sha256 } from "../answer/bytes";
import { find } from "../answer/dom";
import { read } from "../answer/fingerprint";
import { manifestBytes } from "../answer/manifest";
import { say } from "../answer/words";

const { round, box, digest, opened } = find("#check").dataset as Record<"round" | "box" | "digest", string> & {
  opened?: string; // before it opens, no server shows the manifest
};

function tell(selector: string, key: string, good: boolean, values: Record<string, string | number> = {}): void {
  const place = find(selector);
  place.textContent = say(key, values);
  place.className = good ? "notice" : "notice notice-error";
}

async function checkServers(): Promise<void> {
  try {
    const [ours, theirs] = await manifestBytes(round, box);
    if (!equal(ours, theirs)) tell("#servers", "differ", false);
    else if (hex(await sha256(ours)) !== digest) tell("#servers", "miscounted", false);
    else tell("#servers", "same", true);
  } catch {
    tell("#servers", "unreachable", false);
  }
}

function compare(text: string): void {
  const published = read(text);
  if ("strange" in published) tell("#verdict", "unknown-word", false, { word: published.strange });
  else if ("count" in published) tell("#verdict", "not-ten", false, { count: published.count });
  else if (digest.startsWith(published.digits)) tell("#verdict", "matches", true);
  else tell("#verdict", "other", false);
}

find("#compare").addEventListener("submit", (event) => {
  event.preventDefault();
  compare(find<HTMLTextAreaElement>("#published").value);
});

/** Whether a receipt is on the list, found here: nobody learns which one was looked for. */
async function findReceipt(typed: string): Promise<void> {
  const digits = typed.toLowerCase().replace(/[^0-9a-z]/g, "");
  if (!/^[0-9a-f]{16,64}$/.test(digits)) return tell("#found", "no-receipt", false);
  try {
    const answer = await fetch(`/kontroll/${round}/kvitton.txt`, { credentials: "omit" });
    if (!answer.ok) throw new Error(`${answer.status}`);
    const listed = (await answer.text()).split("\n").some((receipt) => receipt.startsWith(digits));
    tell("#found", listed ? "on-list" : "not-on-list", listed);
  } catch {
    tell("#found", "list-unreachable", false);
  }
}

document.querySelector("#find-receipt")?.addEventListener("submit", (event) => {
  event.preventDefault();
  void findReceipt(find<HTMLInputElement>("#receipt").value);
});

const told = location.hash.slice(1); // from a notice's QR code
if (/^[0-9a-f]{64}$/.test(told)) compare(told);
if (opened !== undefined) void checkServers();

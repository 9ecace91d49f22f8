/**
 * A ballot under way, kept in IndexedDB from the moment it is sealed until the ballot box has
 * acknowledged it: a reload, a lost connection or a flat battery neither loses nor doubles it.
 */

import { type Bytes, base64url, fromBase64url } from "./bytes";

export interface Pending {
  round: string;
  box: string;
  tokenKey: string; // base64url, from the manifest
  ballot: Bytes;
  prefix: Bytes;
  blinded: Bytes;
  inverse: Bytes;
  secret: string; // empty: signed in, or an open link
  signature?: Bytes; // unblinded: the staff application has signed
}

/** Where the browser refuses IndexedDB (some private windows): gone with the page, but it sends. */
const memory = new Map<string, Pending>();
const BYTES = ["ballot", "prefix", "blinded", "inverse", "signature"] as const;
const STORE = "pending";

/** Keeps `pending` unless the round has one already; gives back the one that is kept. */
export async function keep(pending: Pending): Promise<Pending> {
  const kept = await load(pending.round);
  if (kept) return kept;
  try {
    await run("readwrite", (store) => store.add(pending));
  } catch {
    // Another tab was first, and its ballot is the one that counts; or nothing can be stored.
    const first = await load(pending.round);
    if (first) return first;
    memory.set(pending.round, pending);
  }
  return pending;
}

export async function replace(pending: Pending): Promise<void> {
  if (memory.has(pending.round)) memory.set(pending.round, pending);
  else await run("readwrite", (store) => store.put(pending));
}

export async function load(round: string): Promise<Pending | undefined> {
  try {
    const kept = await run("readonly", (store) => store.get(round));
    return (kept as Pending | undefined) ?? memory.get(round);
  } catch {
    return memory.get(round);
  }
}

/** Closing the page would lose it. */
export function isFleeting(round: string): boolean {
  return memory.has(round);
}

export async function erase(round: string): Promise<void> {
  if (!memory.delete(round)) await run("readwrite", (store) => store.delete(round));
}

function run(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("dialog", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "round" });
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      // "strict": on disk before we go on, not merely handed to the operating system.
      const transaction = database.transaction(STORE, mode, { durability: "strict" });
      const request = work(transaction.objectStore(STORE));
      const end = (finish: () => void) => () => {
        database.close();
        finish();
      };
      transaction.oncomplete = end(() => resolve(request.result));
      transaction.onabort = end(() => reject(transaction.error ?? request.error));
    };
  });
}

/** The ballot as a file to take to another device. */
export function toFile(pending: Pending): Blob {
  const fields: Record<string, unknown> = { dialog: "ballot", version: 1, ...pending };
  for (const name of BYTES) if (pending[name]) fields[name] = base64url(pending[name]);
  if (pending.signature) fields.secret = ""; // signed: nothing more is needed from the person
  return new Blob([JSON.stringify(fields)], { type: "application/json" });
}

/** A ballot from a file; null when it is none of this round. */
export function fromFile(text: string, round: string): Pending | null {
  try {
    const fields = JSON.parse(text) as Record<string, string>;
    if (fields.dialog !== "ballot" || fields.round !== round) return null;
    const pending: Record<string, unknown> = {};
    for (const name of ["round", "box", "tokenKey", "secret"]) {
      if (typeof fields[name] !== "string") return null;
      pending[name] = fields[name];
    }
    for (const name of BYTES) {
      if (fields[name] !== undefined) pending[name] = fromBase64url(fields[name]);
      else if (name !== "signature") return null;
    }
    return pending as unknown as Pending;
  } catch {
    return null;
  }
}

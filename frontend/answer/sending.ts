/** Sending: seal, blind, keep, have the token signed, unblind, post, erase. */

import { blind, finalize, prepare, publicKey } from "./blinding";
import { type Bytes, base64url, fromBase64url, hex, random, sha256 } from "./bytes";
import { ANONYMOUS, fetchManifest } from "./manifest";
import { type Pending, erase, keep, replace } from "./pending";
import { type Plaintext, seal } from "./sealing";

const TIMEOUT = 30_000;
const SECRET_LENGTH = 32; // a link's

/** An answer from one of the applications that is no success; `reason` is a code of theirs. */
export class RefusalError extends Error {
  constructor(
    readonly where: "staff" | "box",
    readonly reason: string,
    readonly status: number,
  ) {
    super(reason);
  }
  /** Trying the same again may help. */
  get passing(): boolean {
    return this.status >= 500 || this.status === 429;
  }
}

/** The staff application's signature is none: it must not be trusted with another try. */
export class TokenError extends Error {}

/** Seals the answers and keeps them; from here on `deliver` can be called until it succeeds. */
export async function begin(
  round: string,
  box: string,
  plaintext: Plaintext,
  secret: string,
): Promise<Pending> {
  const manifest = await fetchManifest(round, box);
  const ballot = await seal(plaintext, manifest);
  const key = await publicKey(fromBase64url(manifest.token_key));
  const prefix = random(32);
  const blinded = await blind(key, prepare(await sha256(ballot), prefix));
  return keep({
    round,
    box,
    tokenKey: manifest.token_key,
    ballot,
    prefix,
    blinded: blinded.message,
    inverse: blinded.inverse,
    secret,
  });
}

/** Goes on where it stopped; gives the receipt: SHA-256 of the ballot in hex. */
export async function deliver(pending: Pending): Promise<string> {
  if (!pending.signature) {
    const signature = await issued(pending);
    pending = { ...pending, signature, secret: "" };
    await replace(pending);
  }
  await post(pending, pending.signature!);
  await erase(pending.round);
  return hex(await sha256(pending.ballot));
}

async function issued(pending: Pending): Promise<Bytes> {
  const body = { secret: padded(pending.secret), blinded: base64url(pending.blinded) };
  const url = `/enkat/${pending.round}/issue`;
  const answer = await send("staff", url, body, credentials(pending.secret));
  const key = await publicKey(fromBase64url(pending.tokenKey));
  const prepared = prepare(await sha256(pending.ballot), pending.prefix);
  try {
    return await finalize(key, prepared, fromBase64url(answer.signature!), pending.inverse);
  } catch {
    throw new TokenError();
  }
}

/** A link's secret is longer than a typed code; by the length of what is sent nobody shall tell. */
export function padded(secret: string): string {
  return secret.padEnd(SECRET_LENGTH);
}

/** Whoever has a link or a code needs no session, and one that is not sent cannot be noted. */
export function credentials(secret: string): RequestInit {
  return { credentials: secret ? "omit" : "same-origin" };
}

async function post(pending: Pending, signature: Bytes): Promise<void> {
  const body = {
    ballot: base64url(pending.ballot),
    prefix: base64url(pending.prefix),
    signature: base64url(signature),
  };
  await send("box", `${pending.box}/rounds/${pending.round}/ballots`, body, ANONYMOUS);
}

export async function send(
  where: "staff" | "box",
  url: string,
  body: unknown,
  options: RequestInit,
): Promise<Record<string, string>> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body),
    cache: "no-store",
    signal: AbortSignal.timeout(TIMEOUT),
    ...options,
  });
  let fields: Record<string, string> = {};
  try {
    fields = (await answer.json()) as Record<string, string>;
  } catch {
    // A proxy's own error page: the status says enough.
  }
  if (!answer.ok) throw new RefusalError(where, fields.reason ?? "", answer.status);
  return fields;
}

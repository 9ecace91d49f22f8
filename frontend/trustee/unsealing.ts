/** Taking one layer of a seal off: the other half of answer/sealing.ts, HPKE (RFC 9180) base mode. */

import {
  type AeadInterface,
  Aes256Gcm,
  CipherSuite,
  DhkemP256HkdfSha256,
  HkdfSha256,
} from "@hpke/core";

import { type Bytes, concat, fromHex, sha256, utf8 } from "../answer/bytes";
import type { Place } from "./keyfile";
import type { Pair } from "./pair";

const POINT = 65; // the encapsulated key stands first
export const OVERHEAD = POINT + 16; // and a tag after the content: what a layer adds

export function suiteOf(aead: AeadInterface = new Aes256Gcm()): CipherSuite {
  return new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead });
}

/** Binds a layer to its round and place, for a ballot or for a test of a key. */
export function info(label: "dialog ballot 1" | "dialog test ballot 1", place: Place): Bytes {
  const round = fromHex(place.round.replace(/-/g, ""));
  return concat(utf8(`${label}\0`), round, Uint8Array.of(place.layer));
}

/** The content, or null for what was not sealed to this key and place. */
export async function unsealed(
  suite: CipherSuite,
  pair: Pair,
  info: Bytes,
  sealed: Bytes,
  aad?: Bytes,
): Promise<Bytes | null> {
  if (sealed.length < OVERHEAD) return null;
  try {
    const recipient = await suite.createRecipientContext({
      recipientKey: pair,
      enc: sealed.slice(0, POINT).buffer,
      info: info.buffer,
    });
    return new Uint8Array(await recipient.open(sealed.slice(POINT).buffer, aad?.buffer));
  } catch {
    return null;
  }
}

/** The answer to a test ballot: SHA-256 of what it holds; null when it does not open. */
export async function testAnswer(
  pair: Pair,
  place: Place,
  sealed: Bytes,
): Promise<Bytes | null> {
  const found = await unsealed(suiteOf(), pair, info("dialog test ballot 1", place), sealed);
  return found && sha256(found);
}

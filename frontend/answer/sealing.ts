/** Sealing: answers become a ballot that nobody can read before the round has closed. */

import {
  type AeadInterface,
  Aes256Gcm,
  CipherSuite,
  DhkemP256HkdfSha256,
  HkdfSha256,
} from "@hpke/core";

import { type Bytes, concat, fromBase64url, fromHex, utf8 } from "./bytes";
import type { Manifest } from "./manifest";

const SPACE = 0x20;
const LABEL = utf8("dialog ballot 1\0");

export interface Plaintext {
  v: 1;
  unit: string;
  level: string;
  answers: Record<string, unknown>;
}

export class TooLongError extends Error {}

/** The plaintext as bytes, spaces after it, exactly `length` bytes: all ballots are of one size. */
export function padded(plaintext: Plaintext, length: number): Bytes {
  const json = utf8(JSON.stringify(plaintext));
  if (json.length > length) throw new TooLongError();
  const whole = new Uint8Array(length).fill(SPACE);
  whole.set(json);
  return whole;
}

/** HPKE (RFC 9180) base mode, single shot, to the platform's key first and each holder's around. */
export async function seal(plaintext: Plaintext, manifest: Manifest): Promise<Bytes> {
  let ballot = padded(plaintext, manifest.length);
  const round = fromHex(manifest.round.replace(/-/g, ""));
  for (const [layer, holder] of manifest.holders.entries()) {
    const info = concat(LABEL, round, Uint8Array.of(layer));
    ballot = await sealed(fromBase64url(holder), info, ballot);
  }
  return ballot;
}

/** `enc` (65 bytes) and the ciphertext. What is `given` comes from test vectors only. */
export async function sealed(
  recipient: Bytes,
  info: Bytes,
  message: Bytes,
  given: { aead?: AeadInterface; ekm?: CryptoKeyPair; aad?: Bytes } = {},
): Promise<Bytes> {
  const suite = new CipherSuite({
    kem: new DhkemP256HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: given.aead ?? new Aes256Gcm(),
  });
  const recipientPublicKey = await suite.kem.deserializePublicKey(recipient.buffer);
  const sender = await suite.createSenderContext({
    recipientPublicKey,
    info: info.buffer,
    ...(given.ekm && { ekm: given.ekm }),
  });
  const ciphertext = await sender.seal(message.buffer, given.aad?.buffer);
  return concat(new Uint8Array(sender.enc), new Uint8Array(ciphertext));
}

/** A trustee's pair of keys on the curve P-256, made and read with the browser's own cryptography. */

import { type Bytes, base64url, equal, fromBase64url } from "../answer/bytes";

const CURVE = { name: "ECDH", namedCurve: "P-256" };
const POINT = 65; // bytes: 0x04, then x and y
export const SCALAR = 32; // bytes

/** What HPKE opens with. The private half cannot be read out of it again. */
export interface Pair {
  privateKey: CryptoKey;
  publicKey: CryptoKey;
}

/** A new key as bytes: the secret scalar, and the point that everybody may know. */
export interface NewKey {
  scalar: Bytes;
  point: Bytes;
}

/** The scalar is not the secret of this point. */
export class OtherKeyError extends Error {}

export async function makeKey(): Promise<NewKey> {
  const made = await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]);
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", made.publicKey));
  const { d } = await crypto.subtle.exportKey("jwk", made.privateKey);
  return { scalar: fromBase64url(d!), point };
}

/** Whether the text is a point of the curve, in base64url. */
export async function isPoint(text: string): Promise<boolean> {
  if (!/^[\w-]{87}$/.test(text)) return false;
  try {
    await crypto.subtle.importKey("raw", fromBase64url(text), CURVE, true, []);
    return true;
  } catch {
    return false;
  }
}

/** Throws OtherKeyError unless `scalar` is the secret of `point`. */
export async function pairOf(scalar: Bytes, point: Bytes): Promise<Pair> {
  if (scalar.length !== SCALAR || point.length !== POINT) throw new OtherKeyError();
  const shown = {
    kty: "EC",
    crv: "P-256",
    x: base64url(point.slice(1, 33)),
    y: base64url(point.slice(33)),
  };
  let pair: Pair;
  try {
    pair = {
      privateKey: await crypto.subtle.importKey(
        "jwk",
        { ...shown, d: base64url(scalar) },
        CURVE,
        false,
        ["deriveBits"],
      ),
      publicKey: await crypto.subtle.importKey("jwk", shown, CURVE, true, []),
    };
  } catch {
    throw new OtherKeyError(); // most browsers see it themselves
  }
  if (!(await belongTogether(pair))) throw new OtherKeyError();
  return pair;
}

/** Both halves agree with a stranger on the same secret: no browser has to check it for us. */
async function belongTogether(pair: Pair): Promise<boolean> {
  const stranger = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const [ours, theirs] = await Promise.all([
    agreed(pair.privateKey, stranger.publicKey),
    agreed(stranger.privateKey, pair.publicKey),
  ]);
  return equal(ours, theirs);
}

async function agreed(secret: CryptoKey, point: CryptoKey): Promise<Bytes> {
  return new Uint8Array(
    await crypto.subtle.deriveBits({ name: "ECDH", public: point }, secret, 8 * SCALAR),
  );
}

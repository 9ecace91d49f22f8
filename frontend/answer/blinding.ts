/**
 * The client's half of RSABSSA-SHA384-PSS-Randomized (RFC 9474): the staff application signs a
 * message without seeing it, so that it cannot recognise the signature when it is spent.
 *
 * Numbers here are no long-lived secrets: the blind is used once and thrown away, and nobody can
 * time this device's arithmetic more finely than a network allows.
 */

import { type Bytes, concat, fromBase64url, fromHex, hex, random } from "./bytes";

const HASH = "SHA-384";
const HASH_LENGTH = 48; // bytes; the salt of PSS is as long (RFC 9474, section 5)
const PREFIX_LENGTH = 32;

export interface PublicKey {
  n: bigint;
  e: bigint;
  length: number; // bytes of the modulus
  verifying: CryptoKey;
}

export interface Blinded {
  message: Bytes; // what the signer is sent
  inverse: Bytes; // what takes the blind away again
}

/** A key from its DER SubjectPublicKeyInfo (plain rsaEncryption). */
export async function publicKey(spki: Bytes): Promise<PublicKey> {
  const algorithm = { name: "RSA-PSS", hash: HASH };
  const verifying = await crypto.subtle.importKey("spki", spki, algorithm, true, ["verify"]);
  const parts = await crypto.subtle.exportKey("jwk", verifying);
  const modulus = fromBase64url(parts.n!);
  return {
    n: integer(modulus),
    e: integer(fromBase64url(parts.e!)),
    length: modulus.length,
    verifying,
  };
}

/** Section 4.1, PrepareRandomize: 32 random bytes before the message. */
export function prepare(message: Bytes, prefix: Bytes = random(PREFIX_LENGTH)): Bytes {
  return concat(prefix, message);
}

/** Section 4.2, Blind. `salt` and `inverse` are given by test vectors only. */
export async function blind(
  key: PublicKey,
  prepared: Bytes,
  given: { salt?: Bytes; inverse?: bigint } = {},
): Promise<Blinded> {
  const encoded = await encode(prepared, bitLength(key.n) - 1, given.salt ?? random(HASH_LENGTH));
  const m = integer(encoded);
  let inverse = given.inverse;
  while (inverse === undefined) {
    const candidate = integer(random(key.length));
    if (candidate > 1n && candidate < key.n && inverted(candidate, key.n) !== null) {
      inverse = candidate; // as random as its own inverse, which becomes the blind
    }
  }
  const r = inverted(inverse, key.n);
  if (r === null || inverted(m, key.n) === null) throw new Error("invalid input");
  const z = (m * power(r, key.e, key.n)) % key.n;
  return { message: bytes(z, key.length), inverse: bytes(inverse, key.length) };
}

/** Section 4.4, Finalize: the signature, checked. Throws when it is none. */
export async function finalize(
  key: PublicKey,
  prepared: Bytes,
  blindSignature: Bytes,
  inverse: Bytes,
): Promise<Bytes> {
  if (blindSignature.length !== key.length) throw new Error("unexpected input size");
  const s = (integer(blindSignature) * integer(inverse)) % key.n;
  const signature = bytes(s, key.length);
  const scheme = { name: "RSA-PSS", saltLength: HASH_LENGTH };
  if (!(await crypto.subtle.verify(scheme, key.verifying, signature, prepared))) {
    throw new Error("invalid signature");
  }
  return signature;
}

/** EMSA-PSS-ENCODE (RFC 8017, section 9.1.1). */
async function encode(message: Bytes, bits: number, salt: Bytes): Promise<Bytes> {
  const length = Math.ceil(bits / 8);
  const h = await digest(concat(new Uint8Array(8), await digest(message), salt));
  const db = new Uint8Array(length - h.length - 1);
  db[db.length - salt.length - 1] = 1;
  db.set(salt, db.length - salt.length);
  const mask = await mgf1(h, db.length);
  db.forEach((byte, index) => (db[index] = byte ^ mask[index]!));
  db[0]! &= 0xff >> (8 * length - bits);
  return concat(db, h, Uint8Array.of(0xbc));
}

/** MGF1 (RFC 8017, appendix B.2.1). */
async function mgf1(seed: Bytes, length: number): Promise<Bytes> {
  const blocks: Bytes[] = [];
  for (let counter = 0; counter * HASH_LENGTH < length; counter++) {
    blocks.push(await digest(concat(seed, bytes(BigInt(counter), 4))));
  }
  return concat(...blocks).slice(0, length);
}

async function digest(message: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest(HASH, message));
}

function integer(from: Uint8Array): bigint {
  return BigInt(`0x${hex(from) || "0"}`);
}

function bytes(from: bigint, length: number): Bytes {
  return fromHex(from.toString(16).padStart(2 * length, "0"));
}

function bitLength(n: bigint): number {
  return n.toString(2).length;
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (let b = base, e = exponent; e > 0n; e >>= 1n, b = (b * b) % modulus) {
    if (e & 1n) result = (result * b) % modulus;
  }
  return result;
}

/** The extended algorithm of Euclid; null when there is no inverse. */
function inverted(a: bigint, modulus: bigint): bigint | null {
  let [r0, r1, t0, t1] = [modulus, a % modulus, 0n, 1n];
  while (r1 > 0n) {
    const quotient = r0 / r1;
    [r0, r1] = [r1, r0 - quotient * r1];
    [t0, t1] = [t1, t0 - quotient * t1];
  }
  if (r0 !== 1n) return null;
  return t0 < 0n ? t0 + modulus : t0;
}

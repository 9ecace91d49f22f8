/** The key file: a trustee's secret behind a passphrase. Format "dialog key 1". */

import {
  type Bytes,
  base64url,
  fromBase64url,
  random,
  utf8,
} from "../answer/bytes";
import { canonical } from "./canonical";
import { type NewKey, OtherKeyError, type Pair, SCALAR, pairOf } from "./pair";

const FORMAT = "dialog key 1";
const KDF = "PBKDF2-SHA-256";
const ITERATIONS = 600_000; // OWASP's figure for PBKDF2 with SHA-256 since 2023
const MOST_ITERATIONS = 10_000_000; // a file that asks for more only wants to keep us busy
const SALT = 16; // bytes
const IV = 12;
const TAG = 16;

/** Why a file does not open: said in words by the page. */
export type KeyFault =
  | "no-key-file" // something else than a key file
  | "newer" // a key file of a version to come
  | "damaged" // a key file with a part missing or unreadable
  | "passphrase" // the passphrase is another, or the file was changed
  | "other-round"
  | "other-place"
  | "other-key";

export class KeyFileError extends Error {
  constructor(readonly fault: KeyFault) {
    super(fault);
  }
}

export interface KeyFile {
  format: string;
  round: string;
  layer: number;
  public: string;
  kdf: { name: string; iterations: number; salt: string };
  iv: string;
  sealed: string;
}

/** What stands where: which round, and which layer of its seals. */
export interface Place {
  round: string;
  layer: number;
}

/** The file's bytes. What is `given` comes from test vectors only. */
export async function writeKeyFile(
  key: NewKey,
  place: Place,
  passphrase: string,
  given: { salt?: Bytes; iv?: Bytes } = {},
): Promise<Bytes> {
  const iv = given.iv ?? random(IV);
  const open = {
    format: FORMAT,
    round: place.round,
    layer: place.layer,
    public: base64url(key.point),
    kdf: {
      name: KDF,
      iterations: ITERATIONS,
      salt: base64url(given.salt ?? random(SALT)),
    },
  };
  const secret = await derived(passphrase, open.kdf);
  const sealed = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv, additionalData: canonical(open) },
    secret,
    key.scalar,
  );
  return canonical({ ...open, iv: base64url(iv), sealed: base64url(new Uint8Array(sealed)) });
}

/** Reads the open part. Throws KeyFileError. */
export function readKeyFile(text: string): KeyFile {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    // Cut off or half overwritten, its beginning still tells what it was.
    throw new KeyFileError(text.includes(`"${FORMAT}"`) ? "damaged" : "no-key-file");
  }
  const file = read as KeyFile | null;
  if (typeof file?.format !== "string" || !file.format.startsWith("dialog key ")) {
    throw new KeyFileError("no-key-file");
  }
  if (file.format !== FORMAT) throw new KeyFileError("newer");
  if (!isWhole(file)) throw new KeyFileError("damaged");
  return file;
}

function isWhole(file: KeyFile): boolean {
  const { kdf } = file;
  return (
    typeof file.round === "string" &&
    [1, 2, 3].includes(file.layer) &&
    kdf?.name === KDF &&
    Number.isInteger(kdf.iterations) &&
    kdf.iterations >= ITERATIONS &&
    kdf.iterations <= MOST_ITERATIONS &&
    hasBytes(kdf.salt, SALT) &&
    hasBytes(file.public, 65) &&
    hasBytes(file.iv, IV) &&
    hasBytes(file.sealed, SCALAR + TAG)
  );
}

function hasBytes(text: unknown, length: number): boolean {
  if (typeof text !== "string" || !/^[\w-]+$/.test(text)) return false;
  try {
    return fromBase64url(text).length === length;
  } catch {
    return false;
  }
}

/** Opens the secret part. Throws KeyFileError. */
export async function openKeyFile(file: KeyFile, passphrase: string): Promise<Pair> {
  const scalar = await scalarIn(file, passphrase);
  try {
    return await pairOf(scalar, fromBase64url(file.public));
  } catch (error) {
    if (error instanceof OtherKeyError) throw new KeyFileError("damaged");
    throw error;
  }
}

async function scalarIn(file: KeyFile, passphrase: string): Promise<Bytes> {
  const { iv, sealed, ...open } = file;
  const { format, round, layer, kdf } = open;
  const parts = { format, round, layer, public: open.public, kdf: { ...kdf } };
  // A space that slipped in at either end is nobody's intention.
  for (const tried of new Set([passphrase, passphrase.trim()])) {
    try {
      const scalar = await crypto.subtle.decrypt(
        { name: "AES-GCM", iv: fromBase64url(iv), additionalData: canonical(parts) },
        await derived(tried, kdf),
        fromBase64url(sealed),
      );
      return new Uint8Array(scalar);
    } catch {
      continue;
    }
  }
  throw new KeyFileError("passphrase");
}

/** PBKDF2 of the passphrase in NFKC: å is one letter whichever keyboard wrote it. */
async function derived(passphrase: string, kdf: KeyFile["kdf"]): Promise<CryptoKey> {
  const typed = utf8(passphrase.normalize("NFKC"));
  const base = await crypto.subtle.importKey("raw", typed, "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey(
    {
      name: "PBKDF2",
      hash: "SHA-256",
      salt: fromBase64url(kdf.salt),
      iterations: kdf.iterations,
    },
    base,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}

export function fileName(place: Place): string {
  return `dialog-nyckel-${place.round.slice(0, 8)}-${place.layer}.json`;
}

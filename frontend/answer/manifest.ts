/** The round's manifest: what a ballot is sealed to and counted by, the same bytes for everybody. */

import { type Bytes, equal, hex, sha256 } from "./bytes";

export interface Manifest {
  version: 1;
  round: string;
  token_key: string;
  holders: string[];
  questionnaire: string;
  script: string;
  k: number;
  length: number;
  box: string;
}

/** The two applications say different things: somebody may be giving us a manifest of our own. */
export class ManifestError extends Error {}

async function bytesOf(url: string, options: RequestInit): Promise<Bytes> {
  const answer = await fetch(url, { cache: "no-store", ...options });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

/** Asks both applications, and throws ManifestError unless they say the same, byte for byte. */
export async function fetchManifest(round: string, box: string): Promise<Manifest> {
  const [ours, theirs] = await Promise.all([
    bytesOf(`/enkat/${round}/manifest.json`, { credentials: "omit" }),
    bytesOf(`${box}/rounds/${round}/manifest.json`, ANONYMOUS),
  ]);
  if (!equal(ours, theirs)) throw new ManifestError();
  const manifest = JSON.parse(new TextDecoder().decode(ours)) as Manifest;
  if (manifest.version !== 1 || manifest.round !== round || manifest.box !== box) {
    throw new ManifestError();
  }
  return manifest;
}

/** What can be compared with the fingerprint on a noticeboard: 16 hex digits in groups of four. */
export async function fingerprint(round: string): Promise<string> {
  const bytes = await bytesOf(`/enkat/${round}/manifest.json`, { credentials: "omit" });
  return grouped(hex(await sha256(bytes))).toUpperCase();
}

export function grouped(digits: string): string {
  return digits.slice(0, 16).replace(/(.{4})(?=.)/g, "$1 ");
}

/** The ballot box refuses whoever carries a cookie or says where he comes from. */
export const ANONYMOUS: RequestInit = { credentials: "omit", referrerPolicy: "no-referrer" };

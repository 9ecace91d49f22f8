/** The round's manifest: what a ballot is sealed to and counted by, the same bytes for everybody. */

import { type Bytes, equal } from "./bytes";
import { fingerprint } from "./fingerprint";

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

/** The manifest as the staff application and as the ballot box show it. */
export function manifestBytes(round: string, box: string): Promise<[Bytes, Bytes]> {
  return Promise.all([
    bytesOf(`/enkat/${round}/manifest.json`, { credentials: "omit" }),
    bytesOf(`${box}/rounds/${round}/manifest.json`, ANONYMOUS),
  ]);
}

/** Asks both applications, and throws ManifestError unless they say the same, byte for byte. */
export async function fetchManifest(round: string, box: string): Promise<Manifest> {
  const [ours, theirs] = await manifestBytes(round, box);
  if (!equal(ours, theirs)) throw new ManifestError();
  const manifest = JSON.parse(new TextDecoder().decode(ours)) as Manifest;
  if (manifest.version !== 1 || manifest.round !== round || manifest.box !== box) {
    throw new ManifestError();
  }
  return manifest;
}

/** What can be compared with the noticeboard: the ten words of what this device was given. */
export async function fingerprintOf(round: string): Promise<string[]> {
  return fingerprint(await bytesOf(`/enkat/${round}/manifest.json`, { credentials: "omit" }));
}

export function grouped(digits: string): string {
  return digits.slice(0, 16).replace(/(.{4})(?=.)/g, "$1 ");
}

/** The ballot box refuses whoever carries a cookie or says where he comes from. */
export const ANONYMOUS: RequestInit = { credentials: "omit", referrerPolicy: "no-referrer" };

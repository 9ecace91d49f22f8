/**
 * A trustee's step of the opening: one layer off every ballot, and a new order.
 *
 * The order is that of the SHA-256 of what was inside, which nobody without the key can tell
 * beforehand; the same batch and key give the same bytes again, so that a retry is harmless.
 */

import { type Bytes, concat, hex, sha256, utf8 } from "../answer/bytes";
import { type Batch, BatchError, type Sorted, ballotAt, compare, parseBatch, writeBatch } from "./batch";
import type { Place } from "./keyfile";
import type { Pair } from "./pair";
import { OVERHEAD, info, suiteOf, unsealed } from "./unsealing";

const AT_ONCE = 64; // ballots under way together: enough to keep the cryptography busy
const BLANK = utf8("dialog blank 1\0");

/** What is kept of a step: counts and hashes, no content. */
export interface StepRecord {
  layer: number;
  in: number;
  out: number;
  blanks: number;
  in_sha256: string;
  out_sha256: string;
}

export interface Peeled {
  data: Bytes;
  record: StepRecord;
}

/** Not one ballot opens: the key is another one's, or the batch was not sealed to it. */
export class WrongKeyError extends Error {}

export type Stage = "checking" | "opening" | "sorting";
export type Progress = (stage: Stage, done: number, all: number) => void;

/** `length`: bytes of a sealed ballot in the incoming batch. Throws BatchError, WrongKeyError. */
export async function peel(
  data: Bytes,
  place: Place,
  length: number,
  pair: Pair,
  progress: Progress = () => undefined,
): Promise<Peeled> {
  const { round, layer } = place;
  const batch = parseBatch(data, { round, layers: layer + 1, length });
  await checkOrder(batch, progress);
  const opened = await openAll(batch, place, pair, progress);
  if (batch.ballots && opened.every((one) => one === null)) throw new WrongKeyError();
  progress("sorting", batch.ballots, batch.ballots);
  const { ballots, blanks } = await completed(batch, opened, length - OVERHEAD);
  if (batch.ballots && blanks === batch.ballots) throw new WrongKeyError();
  const out = writeBatch({ round, layers: layer, length: length - OVERHEAD }, ballots);
  return {
    data: out,
    record: {
      layer,
      in: batch.ballots,
      out: ballots.length,
      blanks,
      in_sha256: hex(await sha256(data)),
      out_sha256: hex(await sha256(out)),
    },
  };
}

/** The ballots stand in strict order of SHA-256: none stands twice. */
async function checkOrder(batch: Batch, progress: Progress): Promise<void> {
  const digests: Bytes[] = [];
  const digest = async (index: number) => {
    digests[index] = await sha256(ballotAt(batch, index));
  };
  await inChunks(batch.ballots, digest, (done) => progress("checking", done, batch.ballots));
  for (let i = 1; i < digests.length; i++) {
    if (compare(digests[i - 1]!, digests[i]!) >= 0) throw new BatchError("order");
  }
}

async function openAll(
  batch: Batch,
  place: Place,
  pair: Pair,
  progress: Progress,
): Promise<(Bytes | null)[]> {
  const opened: (Bytes | null)[] = [];
  const suite = suiteOf();
  const bound = info("dialog ballot 1", place);
  const open = async (index: number) => {
    opened[index] = await unsealed(suite, pair, bound, ballotAt(batch, index));
  };
  await inChunks(batch.ballots, open, (done) => progress("opening", done, batch.ballots));
  return opened;
}

/**
 * As many ballots leave as came. What does not open is passed on as a blank; so is the second of
 * two that are alike inside, which would stop the next holder.
 */
async function completed(
  batch: Batch,
  opened: (Bytes | null)[],
  length: number,
): Promise<{ ballots: Sorted[]; blanks: number }> {
  const digests: (Bytes | null)[] = [];
  await inChunks(opened.length, async (index) => {
    const content = opened[index];
    digests[index] = content ? await sha256(content) : null;
  });
  const taken = new Set<string>();
  const take = (digest: Bytes): boolean => taken.size < taken.add(hex(digest)).size;
  const ballots: Sorted[] = [];
  let blanks = 0;
  for (const [index, content] of opened.entries()) {
    let leaves = { content: content!, digest: digests[index]! };
    if (!content || !take(leaves.digest)) {
      blanks += 1;
      leaves = await unlikeAll(ballotAt(batch, index), length, take);
    }
    ballots.push(leaves);
  }
  return { ballots, blanks };
}

async function unlikeAll(
  sealed: Bytes,
  length: number,
  take: (digest: Bytes) => boolean,
): Promise<Sorted> {
  for (let attempt = 0; ; attempt++) {
    const content = await blank(sealed, length, attempt);
    const digest = await sha256(content);
    if (take(digest)) return { content, digest };
  }
}

/** What stands for a ballot that did not open: SHA-256 in counter mode over its own hash. */
export async function blank(sealed: Bytes, length: number, attempt = 0): Promise<Bytes> {
  const seed = concat(BLANK, await sha256(sealed), number(attempt));
  const count = Math.ceil(length / 32);
  const block = (_: unknown, at: number) => sha256(concat(seed, number(at)));
  return concat(...(await Promise.all(Array.from({ length: count }, block)))).slice(0, length);
}

/** Four bytes, the highest first. */
function number(value: number): Bytes {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

async function inChunks(
  count: number,
  work: (index: number) => Promise<void>,
  done: (count: number) => void = () => undefined,
): Promise<void> {
  for (let from = 0; from < count; from += AT_ONCE) {
    const to = Math.min(from + AT_ONCE, count);
    await Promise.all(Array.from({ length: to - from }, (_, i) => work(from + i)));
    done(to);
  }
}

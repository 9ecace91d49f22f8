/** The batch of a round's ballots as a file; `dialog/core/ballots/batch.py` says the same. */

import { type Bytes, concat, utf8 } from "../answer/bytes";
import { canonicalText } from "./canonical";

const MAX_HEADER = 1024;
const NEWLINE = 0x0a;

export type BatchFault =
  | "header" // no batch at all
  | "other-round"
  | "other-layer" // peeled already, or not yet by the one before
  | "cut-off" // shorter or longer than its header says
  | "order"; // out of order, or a ballot twice

export class BatchError extends Error {
  constructor(readonly fault: BatchFault) {
    super(fault);
  }
}

export interface Batch {
  data: Bytes;
  ballots: number;
  length: number; // bytes of a sealed ballot
  start: number;
}

/** What a batch has to be: of this round, its ballots in `layers` seals and `length` bytes. */
export interface Expected {
  round: string;
  layers: number;
  length: number;
}

/** Throws BatchError. */
export function parseBatch(data: Bytes, expected: Expected): Batch {
  const start = data.subarray(0, MAX_HEADER).indexOf(NEWLINE) + 1;
  const first = new TextDecoder().decode(data.subarray(0, Math.max(start - 1, 0)));
  const { round, ballots, length, layers } = fieldsOf(first);
  // Another form of the same header would have another hash.
  if (first !== header({ round, layers, length }, ballots)) throw new BatchError("header");
  if (data.length !== start + ballots * length) throw new BatchError("cut-off");
  if (round !== expected.round) throw new BatchError("other-round");
  if (layers !== expected.layers || length !== expected.length) throw new BatchError("other-layer");
  return { data, ballots, length, start };
}

function fieldsOf(first: string): Expected & { ballots: number } {
  let fields: (Expected & { ballots: number }) | null = null;
  try {
    fields = JSON.parse(first);
  } catch {
    // said below
  }
  const numbers = [fields?.ballots, fields?.length, fields?.layers];
  if (!fields || !numbers.every((one) => Number.isInteger(one) && one! >= 0)) {
    throw new BatchError("header");
  }
  return fields;
}

function header(batch: Expected, ballots: number): string {
  const { round, layers, length } = batch;
  return canonicalText({ round, ballots, length, layers });
}

export function ballotAt(batch: Batch, index: number): Bytes {
  const at = batch.start + index * batch.length;
  return batch.data.slice(at, at + batch.length);
}

/** A ballot and what it is sorted by: its SHA-256. */
export interface Sorted {
  content: Bytes;
  digest: Bytes;
}

/** The bytes of a batch with `ballots` in their order. */
export function writeBatch(batch: Expected, ballots: Sorted[]): Bytes {
  const first = utf8(`${header(batch, ballots.length)}\n`);
  const inOrder = [...ballots].sort((a, b) => compare(a.digest, b.digest));
  return concat(first, ...inOrder.map(({ content }) => content));
}

export function compare(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return 0;
}

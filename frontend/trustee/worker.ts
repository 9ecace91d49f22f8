/** Peels off the page's own thread, so that the page stays answering and can cancel. */

import type { Bytes } from "../answer/bytes";
import { BatchError, type BatchFault } from "./batch";
import type { Place } from "./keyfile";
import type { Pair } from "./pair";
import { type Peeled, type Stage, WrongKeyError, peel } from "./peeling";

export interface Work {
  data: Bytes;
  place: Place;
  length: number;
  pair: Pair;
}

export type Report =
  | { kind: "progress"; stage: Stage; done: number; all: number }
  | { kind: "done"; peeled: Peeled }
  | { kind: "fault"; fault: BatchFault | "wrong-key" | "unexpected" };

const post = (report: Report, moved: Transferable[] = []) =>
  self.postMessage(report, { transfer: moved });

self.addEventListener("message", async (event: MessageEvent<Work>) => {
  const { data, place, length, pair } = event.data;
  try {
    const peeled = await peel(data, place, length, pair, (stage, done, all) =>
      post({ kind: "progress", stage, done, all }),
    );
    post({ kind: "done", peeled }, [peeled.data.buffer]);
  } catch (error) {
    post({ kind: "fault", fault: faultOf(error) });
  }
});

function faultOf(error: unknown): BatchFault | "wrong-key" | "unexpected" {
  if (error instanceof BatchError) return error.fault;
  return error instanceof WrongKeyError ? "wrong-key" : "unexpected";
}

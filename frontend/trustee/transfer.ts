/** Carrying a batch: down with progress, up with progress. Both can be stopped and done again. */

import type { Bytes } from "../answer/bytes";
import type { StepRecord } from "./peeling";
import { canonicalText } from "./canonical";
import { RefusalError, csrf, fieldsOf } from "./server";

export type Told = (done: number, all: number) => void;

/** `bound`: the most bytes that the batch may have; what is longer is not read to its end. */
export async function download(
  url: string,
  bound: number,
  signal: AbortSignal,
  told: Told,
): Promise<Bytes> {
  // What is refused is to be told in a sentence, not on a page.
  const headers = { Accept: "application/json" };
  const answer = await fetch(url, { cache: "no-store", headers, signal });
  if (!answer.ok) {
    throw new RefusalError(answer.status, fieldsOf(await answer.text()).error ?? "");
  }
  const all = Number(answer.headers.get("Content-Length")) || bound;
  let whole = new Uint8Array(Math.min(all, bound));
  let at = 0;
  const reader = answer.body!.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return whole.slice(0, at);
    if (at + value.length > whole.length) {
      if (at + value.length > bound) throw new RefusalError(413, "");
      const larger = new Uint8Array(bound);
      larger.set(whole);
      whole = larger;
    }
    whole.set(value, at);
    at += value.length;
    told(at, all);
  }
}

/** Hands the batch in with its record; fetch() cannot tell how far it has come, this can. */
export function upload(
  url: string,
  data: Bytes,
  record: StepRecord,
  signal: AbortSignal,
  told: Told,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", csrf());
    request.setRequestHeader("X-Record", canonicalText({ ...record }));
    request.upload.onprogress = (event) => told(event.loaded, data.length);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve();
      else reject(new RefusalError(request.status, fieldsOf(request.responseText).error ?? ""));
    };
    request.onerror = () => reject(new TypeError("no connection"));
    request.onabort = () => reject(new DOMException("stopped", "AbortError"));
    signal.addEventListener("abort", () => request.abort());
    request.send(new Blob([data])); // handed over at once, and not copied on the page's thread
  });
}

/** The worker that peels, seen from the page. */

import { BatchError } from "./batch";
import { type Peeled, type Progress, WrongKeyError } from "./peeling";
import type { Report, Work } from "./worker";

/** Hands the batch over to the worker at `script`; stopping ends the worker and all it knows. */
export function peelAway(
  script: string,
  work: Work,
  signal: AbortSignal,
  progress: Progress,
): Promise<Peeled> {
  const worker = new Worker(script, { type: "module" });
  return new Promise<Peeled>((resolve, reject) => {
    signal.addEventListener("abort", () => reject(new DOMException("stopped", "AbortError")));
    worker.onerror = () => reject(new Error("the worker does not start"));
    worker.onmessage = ({ data: report }: MessageEvent<Report>) => {
      if (report.kind === "progress") progress(report.stage, report.done, report.all);
      else if (report.kind === "done") resolve(report.peeled);
      else reject(errorOf(report.fault));
    };
    worker.postMessage(work, [work.data.buffer]);
  }).finally(() => worker.terminate());
}

function errorOf(fault: (Report & { kind: "fault" })["fault"]): Error {
  if (fault === "wrong-key") return new WrongKeyError();
  return fault === "unexpected" ? new Error(fault) : new BatchError(fault);
}

/** The bar that shows how far long work has come, and says so in words now and then. */

import { find } from "../answer/dom";
import { say } from "../answer/words";

const SPOKEN = 10; // parts of each stage that are read aloud: more would only talk

export type Stage = "download" | "checking" | "opening" | "sorting" | "upload";

/** Where each stage begins and ends on the bar, in per cent. */
const SPANS: Record<Stage, [number, number]> = {
  download: [0, 30],
  checking: [30, 35],
  opening: [35, 65],
  sorting: [65, 70],
  upload: [70, 100],
};

export class Meter {
  private spoken = "";

  tell(stage: Stage, done: number, all: number): void {
    const [from, to] = SPANS[stage];
    const part = all ? Math.min(done / all, 1) : 1;
    find<HTMLProgressElement>("#progress").value = from + part * (to - from);
    const text = say(`stage-${stage}`, { part: Math.floor(part * 100) });
    find("#progress-text").textContent = text;
    const step = `${stage} ${Math.floor(part * SPOKEN)}`;
    if (step === this.spoken) return;
    this.spoken = step;
    find("#progress-spoken").textContent = text;
  }
}

/** A trustee's turn: fetch the batch, take one layer off, hand it on. Nothing is lost on the way. */

import { find } from "../answer/dom";
import { say } from "../answer/words";
import { show, whenPressed } from "./blocks";
import { canonical } from "./canonical";
import { save } from "./download";
import { inWords } from "./failures";
import { Holding } from "./holding";
import type { Place } from "./keyfile";
import { Meter } from "./meter";
import type { Pair } from "./pair";
import { peelAway } from "./peeler";
import type { Peeled } from "./peeling";
import { renewing } from "./server";
import { download, upload } from "./transfer";

const HEADER = 1024; // bytes at most

export class Opening {
  private readonly holding: Holding;
  private readonly meter = new Meter();
  private readonly address: string;
  private pair: Pair | null = null;
  private peeled: Peeled | null = null;
  private stopping = new AbortController();
  private isRunning = false;

  constructor(
    private readonly place: Place,
    private readonly page: HTMLElement,
  ) {
    this.address = `/oppning/${place.round}/batch`;
    this.holding = new Holding("opening", place, page.dataset.public!);
    find("#opening-form").addEventListener("submit", (event) => {
      event.preventDefault();
      void this.begin();
    });
    whenPressed("#stop", () => this.stopping.abort());
    whenPressed("#again", () => void this.run());
    whenPressed("#other-key", () => this.restart());
    whenPressed("#take-along", () => this.takeAlong());
    window.addEventListener("beforeunload", (event) => {
      if (this.isRunning || this.peeled) event.preventDefault();
    });
    window.addEventListener("pagehide", () => this.forget());
  }

  /** The batch and its record, as the command writes them. */
  private takeAlong(): void {
    if (!this.peeled) return;
    const { round, layer } = this.place;
    const name = `${say("batch-file-name")}-${round.slice(0, 8)}-${layer}.batch`;
    save(this.peeled.data, name, "application/octet-stream");
    save(canonical({ ...this.peeled.record }), `${name}.json`, "application/json");
  }

  private async begin(): Promise<void> {
    if (this.isRunning) return;
    this.isRunning = true; // reading the key takes a moment
    const held = await this.holding.take().finally(() => (this.isRunning = false));
    if (!held) return;
    this.pair = held.pair;
    this.holding.empty();
    await this.run();
  }

  /** From where it stopped: a batch that has been peeled is only handed in. */
  private async run(): Promise<void> {
    if (this.isRunning) return;
    this.isRunning = true;
    this.stopping = new AbortController();
    show("working");
    try {
      this.peeled ??= await this.peel();
      await this.handIn(this.peeled);
    } catch (error) {
      this.fail(error);
    } finally {
      this.isRunning = false;
    }
  }

  private async peel(): Promise<Peeled> {
    const length = Number(this.page.dataset.length);
    const bound = HEADER + Number(this.page.dataset.count) * length;
    const { signal } = this.stopping;
    const tell = this.meter.tell.bind(this.meter);
    const data = await download(this.address, bound, signal, (done, all) =>
      tell("download", done, all),
    );
    const work = { data, place: this.place, length, pair: this.pair! };
    return peelAway(this.page.dataset.worker!, work, signal, tell);
  }

  private async handIn(peeled: Peeled): Promise<void> {
    const { data, record } = peeled;
    const told = (done: number, all: number) => this.meter.tell("upload", done, all);
    const { signal } = this.stopping;
    await renewing(() => upload(this.address, data, record, signal, told));
    this.forget();
    find("#blanks").hidden = record.blanks === 0;
    show("handed-in", {
      count: say(record.out === 1 ? "ballots-one" : "ballots-many", { count: record.out }),
      blanks: say(record.blanks === 1 ? "blanks-one" : "blanks-many", { count: record.blanks }),
      digest: record.out_sha256.replace(/(.{4})(?=.)/g, "$1 "),
    });
  }

  private fail(error: unknown): void {
    const isStopped = this.stopping.signal.aborted;
    find("#take-along").hidden = !this.peeled;
    find("#kept-peeled").hidden = !this.peeled;
    find("#kept-nothing").hidden = this.peeled !== null;
    show("stopped", { reason: isStopped ? say("stopped") : inWords(error) });
  }

  private restart(): void {
    this.forget();
    show("ready");
  }

  private forget(): void {
    this.pair = null;
    this.peeled = null;
  }
}

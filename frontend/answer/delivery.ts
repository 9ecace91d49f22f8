/** Bringing a kept ballot to the ballot box, however many tries it takes. */

import { type Pending, erase, isFleeting, load, toFile } from "./pending";
import type { Panel } from "./panel";
import { RefusalError, TokenError, deliver } from "./sending";
import { say } from "./words";

const PAUSES = [2, 5, 15, 30, 60]; // seconds between tries; the last one again and again

export class Delivery {
  private pending: Pending | null = null;
  private wake: () => void = () => undefined;
  private running = false;

  constructor(
    private readonly panel: Panel,
    private readonly finished: (receipt: string) => void,
  ) {
    panel.on("retry", () => this.retry());
    panel.on("take-along", () => this.takeAlong());
    panel.on("erase", () => void this.eraseAll());
    window.addEventListener("online", () => this.wake());
    window.addEventListener("beforeunload", (event) => {
      if (this.pending && isFleeting(this.pending.round)) event.preventDefault();
    });
  }

  /** Tries until the answer is there, or until trying again cannot help. */
  async run(pending: Pending): Promise<void> {
    if (this.running) return;
    this.pending = pending;
    this.running = true;
    try {
      for (let attempt = 0; this.pending; attempt++) {
        if (attempt === 0) this.panel.show("sending");
        const error = await this.attempt();
        if (!error || this.stops(error)) return;
        const pause = PAUSES[Math.min(attempt, PAUSES.length - 1)]!;
        await this.wait(pause);
      }
    } finally {
      this.running = false;
    }
  }

  /** Forgets the ballot: on a shared computer that was left, or when asked to. */
  async abandon(): Promise<void> {
    if (!this.pending) return;
    const { round } = this.pending;
    this.pending = null;
    await erase(round);
    this.wake();
  }

  private async attempt(): Promise<unknown> {
    try {
      const receipt = await deliver(this.pending!);
      this.pending = null;
      this.finished(receipt);
      return null;
    } catch (error) {
      if (this.pending) this.pending = (await load(this.pending.round)) ?? this.pending;
      return error;
    }
  }

  /** Shows what stopped it; false when it is worth another try. */
  private stops(error: unknown): boolean {
    if (!this.pending) return true; // abandoned meanwhile
    if (error instanceof TokenError) {
      this.panel.show("failed", { reason: say("failed-token") });
      return true;
    }
    if (!(error instanceof RefusalError)) {
      this.panel.show("waiting", { reason: say("waiting-network") });
      return false;
    }
    if (error.passing) {
      this.panel.show("waiting", { reason: say("waiting-server") });
      return false;
    }
    if (error.reason === "paused" || error.reason === "closed") {
      this.panel.show(error.reason);
    } else if (error.reason === "issued" || error.reason === "withdrawn") {
      void erase(this.pending.round); // this ballot can never count
      this.panel.show(error.reason);
    } else {
      this.panel.show("failed", { reason: say("failed-refused", { code: error.status }) });
    }
    return true;
  }

  private retry(): void {
    if (this.running) this.wake();
    else if (this.pending) void this.run(this.pending);
  }

  private wait(seconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = window.setTimeout(resolve, seconds * 1000);
      this.wake = () => {
        window.clearTimeout(timer);
        resolve();
      };
    });
  }

  private takeAlong(): void {
    if (!this.pending) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(toFile(this.pending));
    link.download = say("file-name");
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  private async eraseAll(): Promise<void> {
    await this.abandon();
    this.panel.show("cleared");
  }
}

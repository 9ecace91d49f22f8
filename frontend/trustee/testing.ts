/** Testing a copy of a key: it opens a ballot that was sealed for the test, and says what it held. */

import { fromBase64url, hex } from "../answer/bytes";
import { find } from "../answer/dom";
import { say } from "../answer/words";
import { fault, show, whenPressed } from "./blocks";
import { canonical } from "./canonical";
import { save } from "./download";
import { inWords } from "./failures";
import { Holding } from "./holding";
import type { Place } from "./keyfile";
import { post } from "./server";
import { testAnswer } from "./unsealing";

const ANSWER = /^[0-9a-f]{64}$/;

export class Testing {
  private readonly holding: Holding;
  private readonly address: string;
  private isBusy = false;

  constructor(
    private readonly place: Place,
    registered: string,
  ) {
    this.address = `/nyckel/${place.round}/prov`;
    this.holding = new Holding("test", place, registered);
    whenPressed("#fetch-test", () => this.saying(() => this.fetchFile()));
    find("#test-form").addEventListener("submit", async (event) => {
      event.preventDefault();
      if (this.isBusy) return;
      this.isBusy = true;
      await this.saying(() => this.run()).finally(() => (this.isBusy = false));
    });
  }

  private async saying(work: () => Promise<void>): Promise<void> {
    fault("#test-fault", "");
    find("#test-status").textContent = say("test-opening");
    try {
      await work();
    } catch (error) {
      fault("#test-fault", inWords(error));
      find("#test-fault").focus();
    } finally {
      find("#test-status").textContent = "";
    }
  }

  private async run(): Promise<void> {
    const isDone = this.holding.way === "elsewhere" ? await this.relay() : await this.open();
    if (!isDone) return;
    this.holding.empty(); // the passphrase has done its work
    show("tested");
  }

  /** The key is here. */
  private async open(): Promise<boolean> {
    const held = await this.holding.take();
    if (!held) return false;
    const test = await post(this.address);
    const found = await testAnswer(held.pair, this.place, fromBase64url(test.sealed!));
    // A key that opens nothing answers all the same: the server's sentence says what it means.
    await post(`${this.address}/${test.test}`, { answer: found ? hex(found) : "" });
    return true;
  }

  /** The key is on another computer, and the command has opened a test there, perhaps days ago. */
  private async relay(): Promise<boolean> {
    const answer = find<HTMLInputElement>("#test-answer").value.trim().toLowerCase();
    const wrong = ANSWER.test(answer) ? "" : say("test-answer-wrong");
    if (!fault("#test-answer-fault", wrong, "#test-answer")) return false;
    await post(`${this.address}/svar`, { answer });
    return true;
  }

  private async fetchFile(): Promise<void> {
    const test = await post(this.address);
    const { round, layer } = this.place;
    const name = `${say("test-file-name")}-${round.slice(0, 8)}-${layer}.json`;
    save(canonical({ round, layer, sealed: test.sealed! }), name, "application/json");
    fault("#test-answer-fault", "");
  }
}

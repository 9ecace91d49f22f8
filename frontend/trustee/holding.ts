/** The part of a page where somebody brings a key: from its file, or typed from the paper. */

import { fromBase64url } from "../answer/bytes";
import { say } from "../answer/words";
import { fault } from "./blocks";
import { KeyFileError, type Place, openKeyFile, readKeyFile } from "./keyfile";
import { OtherKeyError, type Pair, pairOf } from "./pair";
import { LINES, faultIn, scalarOf } from "./sheet";

const MOST_BYTES = 4096; // of a key file; anything longer is something else

export interface HeldKey {
  pair: Pair;
  public: string; // base64url
}

export type Way = "file" | "paper" | "elsewhere"; // elsewhere: where the command is, not here

/** `registered`: the key that is asked for, in base64url; "" takes any key of the place. */
export class Holding {
  private readonly element: HTMLElement;

  constructor(
    private readonly name: string,
    private readonly place: Place,
    private readonly registered: string,
  ) {
    this.element = document.getElementById(`${name}-holding`)!;
    for (const way of this.element.querySelectorAll<HTMLInputElement>("input[type=radio]")) {
      way.addEventListener("change", () => this.turn());
    }
    this.lines.forEach((line, index) => {
      // Not on leaving a line: what appears then moves the button away from under the pointer.
      line.addEventListener("input", () => this.look(line, index, false));
    });
    this.turn();
  }

  /** The key, or null when something is missing or wrong: said beside it, with the focus there. */
  async take(): Promise<HeldKey | null> {
    this.clear();
    return this.way === "paper" ? this.fromPaper() : this.fromFile();
  }

  /** Forgets what was typed and chosen. */
  empty(): void {
    for (const field of this.element.querySelectorAll<HTMLInputElement>("input:not([type=radio])")) {
      field.value = "";
    }
    this.lines.forEach((line, index) => this.look(line, index, false));
  }

  /** How the key is to come. */
  get way(): Way {
    return this.element.querySelector<HTMLInputElement>("input[type=radio]:checked")!.value as Way;
  }

  private get lines(): HTMLInputElement[] {
    return Array.from({ length: LINES }, (_, i) => this.find<HTMLInputElement>(`line-${i + 1}`)!)
      .filter(Boolean);
  }

  private async fromFile(): Promise<HeldKey | null> {
    const file = this.find<HTMLInputElement>("file")!.files?.[0];
    if (!file) return this.fail("file", say("key-file-missing"));
    try {
      const text = file.size > MOST_BYTES ? "" : await file.text();
      const key = readKeyFile(text);
      this.check(key.round, key.layer, key.public);
      const passphrase = this.find<HTMLInputElement>("passphrase")!.value;
      if (!passphrase) return this.fail("passphrase", say("passphrase-missing"));
      return { pair: await openKeyFile(key, passphrase), public: key.public };
    } catch (error) {
      if (!(error instanceof KeyFileError)) return this.fail("file", say("key-unreadable"));
      const at = error.fault === "passphrase" ? "passphrase" : "file";
      return this.fail(at, say(`key-${error.fault}`));
    }
  }

  private check(round: string, layer: number, key: string): void {
    if (round !== this.place.round) throw new KeyFileError("other-round");
    if (layer !== this.place.layer) throw new KeyFileError("other-place");
    if (this.registered && key !== this.registered) throw new KeyFileError("other-key");
  }

  private async fromPaper(): Promise<HeldKey | null> {
    const wrong = this.lines.filter((line, index) => !this.look(line, index, true));
    if (wrong.length) {
      wrong[0]!.focus();
      return null;
    }
    const scalar = scalarOf(this.lines.map((line) => line.value));
    try {
      const pair = await pairOf(scalar, fromBase64url(this.registered));
      return { pair, public: this.registered };
    } catch (error) {
      if (error instanceof OtherKeyError) return this.fail("line-1", say("paper-other-key"));
      throw error;
    }
  }

  /** Says how line `index` looks; while it is being typed, only what more typing cannot mend. */
  private look(line: HTMLInputElement, index: number, finished: boolean): boolean {
    const found = faultIn(line.value, index);
    const isEarly = !finished && (found === "short" || found === "empty");
    const text = found && !isEarly ? say(`line-${found}`, { line: index + 1 }) : "";
    const place = `#${this.name}-line-${index + 1}`;
    fault(`${place}-fault`, text);
    if (text) line.setAttribute("aria-invalid", "true");
    else line.removeAttribute("aria-invalid");
    const right = document.querySelector<HTMLElement>(`${place}-right`)!;
    right.hidden = found !== "";
    return found === "";
  }

  private turn(): void {
    for (const way of ["file", "paper", "elsewhere"]) {
      const part = this.find(`of-${way}`);
      if (part) part.hidden = way !== this.way;
    }
    this.clear();
  }

  private clear(): void {
    for (const field of ["file", "passphrase"]) {
      fault(`#${this.name}-${field}-fault`, "");
      this.find(field)!.removeAttribute("aria-invalid");
    }
  }

  private fail(field: string, text: string): null {
    fault(`#${this.name}-${field}-fault`, text, `#${this.name}-${field}`);
    return null;
  }

  private find<T extends HTMLElement = HTMLElement>(part: string): T | null {
    return document.getElementById(`${this.name}-${part}`) as T | null;
  }
}

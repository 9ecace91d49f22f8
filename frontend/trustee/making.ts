/**
 * Making a key, one step at a time: passphrase, file, paper, registration. The secret lives in this
 * page's memory only, from the moment it is made until the key has been registered or left.
 */

import { base64url, fromBase64url } from "../answer/bytes";
import { find } from "../answer/dom";
import { say } from "../answer/words";
import { fault, show, whenPressed } from "./blocks";
import { save } from "./download";
import { inWords } from "./failures";
import { Holding } from "./holding";
import { type Place, fileName, writeKeyFile } from "./keyfile";
import { type NewKey, isPoint, makeKey } from "./pair";
import { judge, lengthOf, suggested } from "./phrase";
import { post } from "./server";
import { checkCode, linesOf, plainCode } from "./sheet";

const GOOD = ["fair", "strong"];

export class Making {
  private key: NewKey | null = null; // with its secret
  private saved = false;
  private code = "";
  private point = ""; // base64url: what will be registered

  constructor(
    private readonly place: Place,
    private readonly registered: (point: string) => void,
  ) {
    this.wirePhrase();
    this.wireFile();
    this.wireSheet();
    this.wireCode();
    this.wireExisting();
    window.addEventListener("beforeunload", (event) => {
      if (this.key) event.preventDefault();
    });
    // A page that is kept for the way back would keep the secret with it.
    window.addEventListener("pagehide", () => this.forget());
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) location.reload();
    });
  }

  /** Nothing secret is left in the page's memory or fields. */
  forget(): void {
    this.key?.scalar.fill(0);
    this.key = null;
    this.saved = false;
    for (const field of ["#phrase", "#phrase-again"]) find<HTMLInputElement>(field).value = "";
    for (const place of ["#sheet-lines", "#suggestion"]) find(place).replaceChildren();
  }

  private wirePhrase(): void {
    whenPressed("#begin-making", () => {
      this.suggest();
      show("phrase");
    });
    whenPressed("#suggest", () => this.suggest());
    whenPressed("#use-suggestion", () => {
      find<HTMLInputElement>("#phrase").value = find("#suggestion").textContent!;
      this.judgePhrase();
      find("#phrase-again").focus();
    });
    find("#phrase").addEventListener("input", () => this.judgePhrase());
    find("#show-phrase").addEventListener("change", (event) => {
      const type = (event.target as HTMLInputElement).checked ? "text" : "password";
      for (const one of ["#phrase", "#phrase-again"]) find<HTMLInputElement>(one).type = type;
    });
    find("#phrase-form").addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.phraseHolds()) this.toFile();
    });
  }

  private suggest(): void {
    find("#suggestion").textContent = suggested();
  }

  private judgePhrase(): void {
    const { value } = find<HTMLInputElement>("#phrase");
    const found = judge(value);
    const text = found === "empty" ? "" : say(`phrase-${found}`, { length: lengthOf(value) });
    find("#phrase-judgement").textContent = text;
  }

  private phraseHolds(): boolean {
    const phrase = find<HTMLInputElement>("#phrase").value;
    const again = find<HTMLInputElement>("#phrase-again").value;
    const found = judge(phrase);
    const isGood = GOOD.includes(found);
    const weak = isGood ? "" : say(`phrase-${found}`, { length: lengthOf(phrase) });
    const unlike = isGood && phrase.trim() !== again.trim() ? say("phrase-unlike") : "";
    fault("#phrase-again-fault", unlike, "#phrase-again");
    return fault("#phrase-fault", weak, "#phrase") && !unlike;
  }

  private toFile(): void {
    this.saved = false;
    find("#file-saved").textContent = "";
    fault("#file-fault", "");
    show("file", { "file-name": fileName(this.place) });
  }

  private wireFile(): void {
    whenPressed("#save-file", async () => {
      this.key ??= await makeKey();
      const phrase = find<HTMLInputElement>("#phrase").value.trim();
      const file = await writeKeyFile(this.key, this.place, phrase);
      save(file, fileName(this.place), "application/json");
      this.saved = true;
      fault("#file-fault", "");
      find("#file-saved").textContent = say("file-saved", { name: fileName(this.place) });
    });
    whenPressed("#file-back", () => show("phrase"));
    whenPressed("#file-on", async () => {
      if (fault("#file-fault", this.saved ? "" : say("file-first"))) await this.toSheet();
      else find("#save-file").focus();
    });
  }

  private wireSheet(): void {
    whenPressed("#print-sheet", () => window.print());
    whenPressed("#sheet-back", () => show("file", { "file-name": fileName(this.place) }));
    whenPressed("#sheet-on", () => this.toCode(base64url(this.key!.point), "sheet"));
  }

  private async toSheet(): Promise<void> {
    this.code = await checkCode(this.key!.point);
    const lines = linesOf(this.key!.scalar).map((line) => {
      const item = document.createElement("li");
      item.textContent = line;
      return item;
    });
    find("#sheet-lines").replaceChildren(...lines);
    show("sheet", { "check-code": this.code });
  }

  private toCode(point: string, from: "sheet" | "existing"): void {
    this.point = point;
    find<HTMLInputElement>("#typed-code").value = "";
    fault("#typed-code-fault", "");
    find("#code-of-sheet").hidden = from !== "sheet";
    find("#code-of-existing").hidden = from !== "existing";
    find("#code-back").dataset.to = from;
    show("code");
  }

  private wireCode(): void {
    const back = find("#code-back");
    whenPressed("#code-back", () => show(back.dataset.to!));
    let isBusy = false;
    find("#code-form").addEventListener("submit", async (event) => {
      event.preventDefault();
      if (isBusy) return;
      isBusy = true;
      await this.register().finally(() => (isBusy = false));
    });
  }

  private async register(): Promise<void> {
    const typed = plainCode(find<HTMLInputElement>("#typed-code").value);
    const wrong = typed ? "code-wrong" : "code-missing";
    const holds = typed === plainCode(this.code);
    if (!fault("#typed-code-fault", holds ? "" : say(wrong), "#typed-code")) return;
    try {
      await post(`/nyckel/${this.place.round}/registrera`, { public: this.point });
    } catch (error) {
      fault("#typed-code-fault", inWords(error), "#typed-code");
      return;
    }
    this.forget();
    this.registered(this.point);
    show("registered", { "check-code": this.code });
  }

  /** A key that was made before, on this page or by the command, but not registered. */
  private wireExisting(): void {
    const holding = new Holding("existing", this.place, "");
    whenPressed("#have-file", () => show("existing"));
    whenPressed("#existing-back", () => show("begin"));
    find("#existing-form").addEventListener("submit", async (event) => {
      event.preventDefault();
      const point = holding.way === "elsewhere" ? await pastedKey() : (await holding.take())?.public;
      if (!point) return;
      holding.empty();
      this.code = await checkCode(fromBase64url(point));
      this.toCode(point, "existing");
    });
  }
}

/** The public key that the command showed, or null when it is none: said beside the field. */
async function pastedKey(): Promise<string | null> {
  const pasted = find<HTMLInputElement>("#public-key").value.trim();
  const isKey = await isPoint(pasted);
  fault("#public-key-fault", isKey ? "" : say("public-key-wrong"), "#public-key");
  return isKey ? pasted : null;
}

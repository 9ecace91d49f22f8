/** The respondent's page: from the first screen to the receipt. */

import { type Fault, Summary, faultOf, showFault } from "./checking";
import { Delivery } from "./delivery";
import { find, onClick } from "./dom";
import { type Draft, DraftStore, type Keeping, TabMemory, secretInAddress } from "./draft";
import { accompany, update } from "./fields";
import { Form, NARROW, type Screen, nearest, screenOf } from "./form";
import { IdleWatch } from "./idle";
import { itemsIn } from "./items";
import { ManifestError, fingerprintOf, grouped } from "./manifest";
import { Panel } from "./panel";
import { fromFile, keep, load } from "./pending";
import { fillReview } from "./review";
import { TooLongError } from "./sealing";
import { RefusalError, begin } from "./sending";
import { Start } from "./start";
import { say } from "./words";

const START = "@start";
const REVIEW = "@review";

class AnswerPage {
  private readonly root = find("#answer");
  private readonly round = this.root.dataset.round!;
  private readonly box = this.root.dataset.box!;
  private readonly title = document.title;
  private readonly summary = new Summary(find("#faults"));
  private readonly panel = new Panel(find("#status"));
  private readonly drafts = new DraftStore(this.round);
  private readonly tab = new TabMemory(this.round);
  private readonly form = new Form(find<HTMLFormElement>("#form"));
  private readonly start = new Start((keeping) => this.keepAs(keeping));
  private readonly delivery = new Delivery(this.panel, (receipt) => this.finish(receipt));
  private readonly idle = new IdleWatch(find<HTMLDialogElement>("#idle"), () => this.clear());
  private secret = "";
  private screen = START;
  private over = false; // sent, stopped or cleared: no screen of the form is shown again
  private busy = false;

  async open(): Promise<void> {
    const given = secretInAddress();
    if (given && this.drafts.keeping !== "memory") this.tab.secret = given;
    this.secret = given || this.tab.secret;
    this.connect();
    if (!globalThis.crypto?.subtle) return this.stop(() => this.panel.show("unsupported"));
    if (this.drafts.keeping === "memory") this.idle.start();
    const pending = await load(this.round);
    if (pending) return this.stop(() => void this.delivery.run(pending));
    find("#file-part").hidden = false;
    if (this.root.dataset.state !== "open") return;
    if (this.tab.receipt && !given) return this.stop(() => this.showReceipt(this.tab.receipt));
    await this.prepare();
  }

  private async prepare(): Promise<void> {
    const loading = find("#loading");
    find("#place-problem").hidden = true;
    loading.hidden = false;
    try {
      const answered = await this.start.fetch(this.round, this.secret);
      if (answered) return this.stop(() => this.panel.show("answered"));
    } catch (error) {
      return this.noPlace(error);
    } finally {
      loading.hidden = true;
    }
    this.start.showKeeping(this.drafts.keeping);
    const draft = this.drafts.load();
    if (draft) this.resume(draft);
    this.form.level = this.start.level;
    for (const item of itemsIn(this.form.element)) update(item);
    find("#ready").hidden = false;
    const state = history.state as { screen?: string } | null;
    if (draft && state?.screen && state.screen !== START) this.visit(state.screen);
    else history.replaceState({ screen: START }, "");
  }

  private resume(draft: Draft): void {
    this.form.restore(draft.answers);
    this.start.restore(draft, draft.screen !== START);
    this.screen = draft.screen;
  }

  private noPlace(error: unknown): void {
    const known = error instanceof RefusalError && !error.passing;
    if (!known) {
      find("#place-problem").hidden = false;
      return;
    }
    const withdrawn = error.reason === "withdrawn";
    this.stop(() => this.panel.show(withdrawn ? "withdrawn" : "unknown"));
    find("#file-part").hidden = false; // a ballot brought along needs no link
  }

  // From screen to screen

  private visit(key: string): void {
    if (this.over) return;
    const screens = this.form.screens();
    const screen = key.startsWith("@") ? null : nearest(screens, key);
    this.screen = screen?.key ?? (key === REVIEW ? REVIEW : START);
    this.summary.hide();
    find("#start").hidden = find("#file-part").hidden = this.screen !== START;
    find("#review").hidden = this.screen !== REVIEW;
    this.form.element.hidden = screen === null;
    document.title = this.title;
    if (screen) this.showScreen(screen, screens);
    if (this.screen === REVIEW) fillReview(this.form, (to) => this.go(to));
    const heading = screen?.section.querySelector<HTMLElement>("h2");
    (heading ?? find(this.screen === REVIEW ? "#review h2" : "h1")).focus({ preventScroll: true });
    window.scrollTo(0, 0);
    this.save();
  }

  private showScreen(screen: Screen, screens: Screen[]): void {
    this.form.show(screen);
    const words = this.form.part(screen, screens);
    const text = say(words.steps > 1 ? "part-step" : "part", words);
    screen.section.querySelector("[data-part]")!.textContent = text;
    const intro = screen.section.querySelector<HTMLElement>("[data-intro]");
    if (intro) intro.hidden = words.step > 1;
    document.title = `${text} – ${this.title}`;
    find("#next").textContent = say(screens.at(-1) === screen ? "to-review" : "next");
  }

  /** An answer may show or hide what depends on it, and a phone may be turned. */
  private refresh(): void {
    const screens = this.form.screens();
    const screen = this.over ? null : nearest(screens, this.screen);
    if (!screen) return;
    this.screen = screen.key;
    this.showScreen(screen, screens);
  }

  /** Moves on by one entry of the browser's history, so that its back button is ours too. */
  private go(key: string): void {
    this.visit(key);
    history.pushState({ screen: this.screen, ours: true }, "");
  }

  private begin(): void {
    if (!this.start.settle()) return;
    this.form.level = this.start.level;
    this.go(this.screen === START ? (this.form.screens()[0]?.key ?? REVIEW) : this.screen);
  }

  private next(): void {
    const screens = this.form.screens();
    const at = screens.findIndex((screen) => screen.key === this.screen);
    const faults = screens[at]?.parts.flatMap((part) => {
      const items = part.dataset.item ? [part] : itemsIn(part);
      return items.flatMap((item) => faultOf(item) ?? []);
    });
    if (faults?.length) return this.summary.show(faults, () => undefined);
    this.go(screens[at + 1]?.key ?? REVIEW);
  }

  private back(): void {
    const state = history.state as { ours?: boolean } | null;
    if (state?.ours) return history.back();
    const keys = this.form.screens().map((screen) => screen.key);
    const at = this.screen === REVIEW ? keys.length : keys.indexOf(this.screen);
    this.visit(keys[at - 1] ?? START);
    history.replaceState({ screen: this.screen }, "");
  }

  // Sending, and how it ends

  private async send(): Promise<void> {
    if (this.busy || this.over) return;
    const faults = this.form.items().flatMap((item) => faultOf(item) ?? []);
    if (faults.length) return this.summary.show(faults, (item) => this.mend(item, faults));
    this.busy = true;
    const problem = find("#send-problem");
    problem.hidden = true;
    try {
      const { unit, level } = this.start;
      const plaintext = { v: 1 as const, unit, level, answers: this.form.answers() };
      const pending = await begin(this.round, this.box, plaintext, this.secret);
      this.drafts.forget(); // sealed and kept: the readable answers are needed no more
      this.stop(() => void this.delivery.run(pending));
    } catch (error) {
      if (error instanceof ManifestError) return this.stop(() => this.panel.show("mismatch"));
      problem.textContent = say(error instanceof TooLongError ? "too-long" : "send-network");
      problem.hidden = false;
    } finally {
      this.busy = false;
    }
  }

  private mend(item: HTMLElement, faults: Fault[]): void {
    const screen = screenOf(this.form.screens(), item);
    if (screen) this.go(screen.key);
    for (const fault of faults) showFault(fault.item, fault.message);
  }

  private finish(receipt: string): void {
    const shared = this.drafts.keeping === "memory";
    this.forget();
    if (!shared) this.tab.receipt = receipt;
    this.showReceipt(receipt);
  }

  private showReceipt(receipt: string): void {
    this.panel.show("done", { receipt: grouped(receipt) });
  }

  /** The form is put away for good, and `show` says why. */
  private stop(show: () => void): void {
    this.over = true;
    for (const id of ["#start", "#file-part", "#review", "#form"]) find(id).hidden = true;
    document.querySelector("#closed-page")?.setAttribute("hidden", "");
    this.summary.hide();
    document.title = this.title;
    show();
  }

  /** Nothing of the answers stays in the tab or on the device. */
  private forget(): void {
    this.idle.stop();
    this.drafts.forget();
    this.tab.forget();
    this.secret = "";
    this.form.element.reset();
  }

  private clear(): void {
    void this.delivery.abandon();
    this.forget();
    this.stop(() => this.panel.show("cleared"));
  }

  // What is kept

  private draft(): Draft {
    const { unit, level, corrected } = this.start;
    return { answers: this.form.answers(), unit, level, corrected, screen: this.screen };
  }

  private save(): void {
    if (!this.over) this.drafts.save(this.draft());
  }

  private keepAs(keeping: Keeping): void {
    this.drafts.choose(keeping, this.draft());
    this.start.showKeeping(keeping);
    if (keeping === "memory") {
      this.tab.forget();
      this.idle.start();
    } else {
      if (this.secret) this.tab.secret = this.secret;
      this.idle.stop();
    }
  }

  // Wiring

  private connect(): void {
    onClick("#retry-place", () => void this.prepare());
    onClick("#begin", () => this.begin());
    onClick("[data-back]", () => this.back());
    onClick("#send", () => void this.send());
    // On a shared computer the secret lives in this page alone and has to be carried over.
    onClick("[data-language]", () => {
      if (this.drafts.keeping !== "memory" || !this.secret) return;
      find<HTMLAnchorElement>("[data-language]").hash = this.secret;
    });
    this.form.element.addEventListener("submit", (event) => {
      event.preventDefault(); // Enter in a field goes on; nothing is ever sent as a form
      this.next();
    });
    accompany(this.form, (item) => {
      this.summary.mended(item);
      this.refresh();
      this.save();
    });
    addEventListener("popstate", (event) => {
      const state = event.state as { screen?: string } | null;
      if (state?.screen) this.visit(state.screen);
    });
    addEventListener("hashchange", () => {
      const given = secretInAddress();
      if (!given) return;
      this.tab.secret = given;
      location.reload();
    });
    NARROW.addEventListener("change", () => this.refresh());
    find("#fingerprint").addEventListener("toggle", () => void this.showFingerprint(), { once: true });
    find<HTMLInputElement>("#ballot-file").addEventListener("change", (event) => {
      const [file] = (event.target as HTMLInputElement).files ?? [];
      if (file) void this.takeFile(file);
    });
  }

  private async showFingerprint(): Promise<void> {
    const words = await fingerprintOf(this.round).catch(() => null);
    find("#fingerprint-wait").textContent = words ? "" : say("no-contact");
    if (words) find("#fingerprint-value").replaceChildren(...words.map(asItem));
  }

  private async takeFile(file: File): Promise<void> {
    const pending = fromFile(await file.text(), this.round);
    find("#file-fault").hidden = pending !== null;
    if (!pending) return;
    // The ballot goes to the box that this page names, whatever the file says.
    const kept = await keep({ ...pending, box: this.box });
    this.stop(() => void this.delivery.run(kept));
  }
}

function asItem(word: string): HTMLLIElement {
  const item = document.createElement("li");
  item.lang = "sv"; // the words are Swedish on every page
  item.textContent = word;
  return item;
}

void new AnswerPage().open();

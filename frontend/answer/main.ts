/** The respondent's page: from the first screen to the receipt. */

import { type Fault, Summary, faultOf, remarkOn, showFault } from "./checking";
import { Delivery } from "./delivery";
import { DraftStore, type Keeping, TabMemory, secretInAddress } from "./draft";
import { Form, type Screen } from "./form";
import { IdleWatch } from "./idle";
import { exclude, firstField, itemsIn, nameOf, read, typed } from "./items";
import { ManifestError, fingerprint, grouped } from "./manifest";
import { Panel } from "./panel";
import { fromFile, keep, load } from "./pending";
import { PlaceChooser, fetchPlace, fetchUnits } from "./place";
import { TooLongError } from "./sealing";
import { RefusalError, begin } from "./sending";
import { say } from "./words";

const REVIEW = "@review";
const START = "@start";

const find = <T extends HTMLElement = HTMLElement>(selector: string): T =>
  document.querySelector<T>(selector)!;

class AnswerPage {
  private readonly root = find("#answer");
  private readonly round = this.root.dataset.round!;
  private readonly box = this.root.dataset.box!;
  private readonly title = document.title;
  private readonly start = find("#start");
  private readonly file = find("#file-part");
  private readonly review = find("#review");
  private readonly summary = new Summary(find("#faults"));
  private readonly panel = new Panel(find("#status"));
  private readonly drafts = new DraftStore(this.round);
  private readonly tab = new TabMemory(this.round);
  private readonly form = new Form(find<HTMLFormElement>("#form"));
  private readonly delivery = new Delivery(this.panel, (receipt) => this.finish(receipt));
  private readonly idle = new IdleWatch(find<HTMLDialogElement>("#idle"), () => this.clear());
  private secret = "";
  private unit = "";
  private corrected = false;
  private screen = START;
  private over = false; // sent, stopped or cleared: no screen of the form is shown again
  private busy = false;
  private chooser: PlaceChooser | null = null;

  async open(): Promise<void> {
    const given = secretInAddress();
    if (given && this.drafts.keeping !== "memory") this.tab.secret = given;
    this.secret = given || this.tab.secret;
    this.connect();
    if (!globalThis.crypto?.subtle) return this.stop(() => this.panel.show("unsupported"));
    const pending = await load(this.round);
    if (pending) {
      if (this.drafts.keeping === "memory") this.idle.start();
      return this.stop(() => void this.delivery.run(pending));
    }
    if (this.root.dataset.state !== "open") return;
    if (this.tab.receipt && !given) return this.stop(() => this.showReceipt(this.tab.receipt));
    await this.prepare();
  }

  // First screen

  private async prepare(): Promise<void> {
    const problem = find("#place-problem");
    problem.hidden = true;
    find("#loading").hidden = false;
    try {
      const [place, units] = await Promise.all([
        fetchPlace(this.round, this.secret),
        fetchUnits(this.round),
      ]);
      if (place.answered) return this.stop(() => this.panel.show("answered"));
      this.chooser = new PlaceChooser(find("#place-chooser"), units);
      this.take(place.unit ?? "", place.level ?? "");
    } catch (error) {
      find("#loading").hidden = true;
      return this.noPlace(error);
    }
    find("#loading").hidden = true;
    this.restore();
    find("#ready").hidden = false;
    const state = history.state as { screen?: string } | null;
    if (state?.screen && state.screen !== START) this.visit(state.screen);
    else history.replaceState({ screen: START }, "");
  }

  private noPlace(error: unknown): void {
    const refusal = error instanceof RefusalError ? error : null;
    if (refusal?.reason === "closed" || refusal?.reason === "paused") {
      return this.stop(() => this.panel.show(refusal.reason as "closed" | "paused"));
    }
    if (refusal && !refusal.passing) return this.stop(() => this.panel.show("unknown"));
    find("#place-problem").hidden = false;
  }

  private take(unit: string, level: string): void {
    this.unit = unit;
    this.form.level = level;
    const [name, above] = this.chooser?.describe(unit) ?? ["", ""];
    find("#place-unit").textContent = name || say("unit-none");
    find("#place-above").textContent = above;
    const option = find<HTMLSelectElement>("#level").querySelector(`[value="${level}"]`);
    find("#place-level").textContent = option?.textContent?.trim() ?? say("level-none");
    if (!name || !option) this.editPlace();
  }

  private editPlace(): void {
    this.chooser?.open(this.unit, this.form.level);
    find("#place").hidden = true;
  }

  private placeChosen(): boolean {
    if (find("#place-chooser").hidden) return true;
    const { unit, level } = this.chooser!.chosen();
    const fault = find("#unit-fault");
    fault.hidden = unit !== null;
    if (unit === null) {
      find("#unit-search").focus();
      return false;
    }
    this.corrected ||= unit !== this.unit || level !== this.form.level;
    find("#place-chooser").hidden = true;
    find("#place").hidden = false;
    this.take(unit, level);
    this.save();
    return true;
  }

  private restore(): void {
    const draft = this.drafts.load();
    find<HTMLInputElement>("#keep-device").checked = this.drafts.keeping === "device";
    find<HTMLInputElement>("#keep-shared").checked = this.drafts.keeping === "memory";
    if (this.drafts.keeping === "memory") this.idle.start();
    if (!draft) return;
    this.form.restore(draft.answers);
    if (draft.corrected && this.chooser?.describe(draft.unit)[0]) {
      this.corrected = true;
      this.take(draft.unit, draft.level);
    }
    if (draft.screen === START) return;
    find("#begin").textContent = say("go-on");
    find("#resumed").hidden = false;
    this.screen = draft.screen;
  }

  // Screens

  private visit(key: string, focus = true): void {
    if (this.over) return;
    const screens = this.form.screens();
    const screen = key === REVIEW || key === START ? null : nearest(screens, key);
    this.screen = screen?.key ?? (key === REVIEW ? REVIEW : START);
    this.summary.hide();
    this.start.hidden = this.file.hidden = this.screen !== START;
    this.review.hidden = this.screen !== REVIEW;
    this.form.element.hidden = screen === null;
    if (screen) this.showScreen(screen, screens);
    if (this.screen === REVIEW) this.showReview();
    if (focus) this.focus(screen);
    this.save();
  }

  private showScreen(screen: Screen, screens: Screen[]): void {
    this.form.show(screen);
    const [number, all] = this.form.part(screen);
    const within = screens.filter((one) => one.section === screen.section);
    const step = within.indexOf(screen) + 1;
    const words = { number, all, step, steps: within.length };
    const text = say(within.length > 1 ? "part-step" : "part", words);
    screen.section.querySelector("[data-part]")!.textContent = text;
    const intro = screen.section.querySelector<HTMLElement>("[data-intro]");
    if (intro) intro.hidden = step > 1;
    document.title = `${text} – ${this.title}`;
    find("#next").textContent = say(screens.at(-1) === screen ? "to-review" : "next");
  }

  private focus(screen: Screen | null): void {
    const heading = screen
      ? screen.section.querySelector<HTMLElement>("h2")!
      : find(this.screen === REVIEW ? "#review h2" : "h1");
    heading.focus({ preventScroll: true });
    window.scrollTo(0, 0);
    if (!screen) document.title = this.title;
  }

  /** Moves on by one entry of the browser's history, so that its back button is ours too. */
  private go(key: string): void {
    this.visit(key);
    history.pushState({ screen: this.screen, ours: true }, "");
  }

  private next(): void {
    const screens = this.form.screens();
    const at = screens.findIndex((one) => one.key === this.screen);
    const here = screens[at];
    const items = here?.parts.flatMap((part) => (part.dataset.item ? [part] : itemsIn(part))) ?? [];
    const faults = items.flatMap((item) => faultOf(item) ?? []);
    if (faults.length) return this.summary.show(faults, () => undefined);
    this.go(screens[at + 1]?.key ?? REVIEW);
  }

  private back(): void {
    const state = history.state as { ours?: boolean } | null;
    if (state?.ours) return history.back();
    const screens = this.form.screens();
    const at = this.screen === REVIEW ? screens.length : screens.findIndex((one) => one.key === this.screen);
    this.visit(screens[at - 1]?.key ?? START);
    history.replaceState({ screen: this.screen }, "");
  }

  // The last screen, and sending

  private showReview(): void {
    const all = this.form.items();
    const left = this.form.unanswered();
    find("#review-count").textContent = say("review-count", {
      given: all.length - left.length,
      all: all.length,
    });
    const list = find("#review-left");
    const screens = this.form.screens();
    const waiting = [...new Set(left.map((item) => screenOf(screens, item)?.section))];
    list.replaceChildren(
      ...waiting.flatMap((section) => {
        const first = left.find((item) => section?.contains(item));
        return section && first ? [this.linkTo(section, first, screens, left)] : [];
      }),
    );
    find("#review-remarks").hidden = !all.some((item) => remarkOn(item) !== "");
  }

  private linkTo(section: HTMLElement, first: HTMLElement, screens: Screen[], left: HTMLElement[]): HTMLElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link-button";
    button.textContent = say("review-part", {
      title: section.querySelector("[data-title]")!.textContent!.trim(),
      left: left.filter((item) => section.contains(item)).length,
    });
    button.addEventListener("click", () => this.go(screenOf(screens, first)!.key));
    const entry = document.createElement("li");
    entry.append(button);
    return entry;
  }

  private async send(): Promise<void> {
    if (this.busy || this.over) return;
    const faults = this.form.items().flatMap((item) => faultOf(item) ?? []);
    if (faults.length) return this.summary.show(faults, (item) => this.visitItem(item, faults));
    this.busy = true;
    const problem = find("#send-problem");
    problem.hidden = true;
    const button = find<HTMLButtonElement>("#send");
    button.setAttribute("aria-disabled", "true");
    try {
      const plaintext = {
        v: 1 as const,
        unit: this.unit,
        level: this.form.level,
        answers: this.form.answers(),
      };
      const pending = await begin(this.round, this.box, plaintext, this.secret);
      this.drafts.forget(); // sealed and kept: the readable answers are needed no more
      this.stop(() => void this.delivery.run(pending));
    } catch (error) {
      if (error instanceof ManifestError) return this.stop(() => this.panel.show("mismatch"));
      problem.textContent = say(error instanceof TooLongError ? "too-long" : "send-network");
      problem.hidden = false;
    } finally {
      this.busy = false;
      button.removeAttribute("aria-disabled");
    }
  }

  private visitItem(item: HTMLElement, faults: Fault[]): void {
    const screen = screenOf(this.form.screens(), item);
    if (screen) this.go(screen.key);
    for (const { item: one, message } of faults) showFault(one, message);
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
    this.start.hidden = this.file.hidden = true;
    this.review.hidden = this.form.element.hidden = true;
    find("#closed-page")?.setAttribute("hidden", "");
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

  private save(): void {
    if (this.over) return;
    this.drafts.save({
      answers: this.form.answers(),
      unit: this.unit,
      level: this.form.level,
      corrected: this.corrected,
      screen: this.screen,
    });
  }

  private keepAs(keeping: Keeping): void {
    this.drafts.choose(keeping, {
      answers: this.form.answers(),
      unit: this.unit,
      level: this.form.level,
      corrected: this.corrected,
      screen: this.screen,
    });
    find<HTMLInputElement>("#keep-device").checked = keeping === "device";
    find<HTMLInputElement>("#keep-shared").checked = keeping === "memory";
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
    const press = (selector: string, act: () => void) =>
      document.querySelectorAll(selector).forEach((one) => one.addEventListener("click", act));
    press("#retry-place", () => void this.prepare());
    press("#change-place", () => {
      this.editPlace();
      find("#unit-search").focus();
    });
    press("#begin", () => {
      const first = this.screen === START ? this.form.screens()[0]?.key : this.screen;
      if (this.placeChosen()) this.go(first ?? REVIEW);
    });
    press("[data-back]", () => this.back());
    press("#send", () => void this.send());
    this.form.element.addEventListener("submit", (event) => {
      event.preventDefault(); // Enter in a field goes on; nothing is ever sent as a form
      this.next();
    });
    this.form.element.addEventListener("input", (event) => this.changed(event.target as HTMLElement));
    const ticked = (id: string, keeping: Keeping) =>
      find<HTMLInputElement>(id).addEventListener("change", (event) => {
        this.keepAs((event.target as HTMLInputElement).checked ? keeping : "session");
      });
    ticked("#keep-device", "device");
    ticked("#keep-shared", "memory");
    addEventListener("popstate", (event) => {
      const state = event.state as { screen?: string } | null;
      if (!this.over && state?.screen) this.visit(state.screen);
    });
    addEventListener("hashchange", () => {
      const given = secretInAddress();
      if (given) {
        this.tab.secret = given;
        location.reload();
      }
    });
    matchMedia("(max-width: 699px)").addEventListener("change", () => {
      if (this.screen !== START && this.screen !== REVIEW) this.visit(this.screen, false);
    });
    find("#fingerprint")?.addEventListener("toggle", () => void this.showFingerprint(), { once: true });
    find<HTMLInputElement>("#ballot-file").addEventListener("change", (event) => {
      const [file] = (event.target as HTMLInputElement).files ?? [];
      if (file) void this.takeFile(file);
    });
    document.querySelector("[data-language]")?.addEventListener("click", (event) => {
      // On a shared computer the secret lives in this page alone and has to be carried over.
      const link = event.currentTarget as HTMLAnchorElement;
      if (this.drafts.keeping === "memory" && this.secret) link.hash = this.secret;
    });
    for (const item of itemsIn(this.form.element)) this.count(item);
  }

  private changed(target: HTMLElement): void {
    const item = target.closest<HTMLElement>("[data-item]");
    if (!item) return;
    exclude(item, target);
    if (item.classList.contains("field-wrong")) showFault(item, faultOf(item)?.message ?? "");
    this.count(item);
    this.refresh();
    this.save();
  }

  /** An answer may show or hide what depends on it, on this screen too. */
  private refresh(): void {
    const screens = this.form.screens();
    const screen = nearest(screens, this.screen);
    if (screen) this.showScreen(screen, screens);
  }

  private count(item: HTMLElement): void {
    const clear = item.querySelector<HTMLElement>("[data-clear]");
    if (clear) {
      clear.hidden = read(item) === undefined;
      clear.onclick = () => {
        for (const one of item.querySelectorAll<HTMLInputElement>("input")) one.checked = false;
        clear.hidden = true;
        firstField(item)?.focus();
        this.refresh();
        this.save();
      };
    }
    const counter = document.getElementById(`q-${nameOf(item)}-counter`);
    const field = typed(item);
    if (!counter || !field) return;
    const left = Number(item.dataset.max) - field.value.trim().length;
    counter.textContent = say(left < 0 ? "over" : "left", { count: Math.abs(left) });
    counter.classList.toggle("counter-over", left < 0);
    const remark = document.getElementById(`q-${nameOf(item)}-remark`)!;
    const text = remarkOn(item);
    if (remark.textContent !== text) remark.textContent = text;
    remark.hidden = text === "";
  }

  private async showFingerprint(): Promise<void> {
    const place = find("#fingerprint-value");
    try {
      place.textContent = await fingerprint(this.round);
    } catch {
      place.textContent = say("send-network");
    }
  }

  private async takeFile(file: File): Promise<void> {
    const pending = fromFile(await file.text(), this.round);
    const fault = find("#file-fault");
    fault.hidden = pending !== null;
    // The ballot goes to the box this page names, whatever the file says.
    if (!pending) return;
    const kept = await keep({ ...pending, box: this.box });
    this.stop(() => void this.delivery.run(kept));
  }
}

/** The screen with this key; after a turn of the phone or a change of answers the one nearest. */
function nearest(screens: Screen[], key: string): Screen | null {
  const section = key.split("/")[0];
  const name = key.split("/")[1];
  const holds = (screen: Screen) =>
    screen.parts.some(
      (part) =>
        part.dataset.question === name ||
        part.dataset.item === name ||
        (name !== undefined && part.querySelector(`[data-item="${name}"]`) !== null),
    );
  return (
    screens.find((screen) => screen.key === key) ??
    screens.find((screen) => name !== undefined && holds(screen)) ??
    screens.find((screen) => screen.section.dataset.section === section) ??
    null
  );
}

function screenOf(screens: Screen[], item: HTMLElement): Screen | undefined {
  return screens.find((screen) => screen.parts.some((part) => part === item || part.contains(item)));
}

void new AnswerPage().open();

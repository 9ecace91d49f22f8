/** The builder's preview: the respondent's screens, conditions and checks, and nothing that sends. */

import { Summary, faultOf, showFault } from "./checking";
import { find, onClick } from "./dom";
import { accompany, update } from "./fields";
import { Form, NARROW, type Screen, nearest, screenOf } from "./form";
import { itemsIn } from "./items";
import { fillReview } from "./review";
import { say } from "./words";

const START = "@start";
const REVIEW = "@review";

class Preview {
  private readonly form = new Form(find<HTMLFormElement>("#form"));
  private readonly level = find<HTMLSelectElement>("#level");
  private readonly summary = new Summary(find("#faults"));
  private screen = START;

  open(): void {
    accompany(this.form, (item) => {
      this.summary.mended(item);
      this.refresh();
    });
    this.form.level = this.level.value;
    this.level.addEventListener("change", () => {
      this.form.level = this.level.value;
    });
    onClick("#begin", () => this.visit(this.form.screens()[0]?.key ?? REVIEW));
    onClick("[data-back]", () => this.step(-1));
    this.form.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.next();
    });
    onClick("#send", () => this.finish());
    NARROW.addEventListener("change", () => this.refresh());
    this.visit(START, false);
  }

  private visit(key: string, focus = true): void {
    const screens = this.form.screens();
    const screen = key === START || key === REVIEW ? null : nearest(screens, key);
    this.screen = screen?.key ?? (key === START ? START : REVIEW);
    this.summary.hide();
    find("#start").hidden = this.screen !== START;
    find("#review").hidden = this.screen !== REVIEW;
    this.form.element.hidden = screen === null;
    if (screen) this.showScreen(screen, screens);
    if (this.screen === REVIEW) fillReview(this.form, (to) => this.visit(to));
    if (!focus) return;
    const heading = screen?.section.querySelector<HTMLElement>("h2");
    (heading ?? find(this.screen === REVIEW ? "#review h2" : "h1")).focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }

  private showScreen(screen: Screen, screens: Screen[]): void {
    this.form.show(screen);
    for (const item of this.form.items()) update(item);
    const words = this.form.part(screen, screens);
    screen.section.querySelector("[data-part]")!.textContent = say(
      words.steps > 1 ? "part-step" : "part",
      words,
    );
    const intro = screen.section.querySelector<HTMLElement>("[data-intro]");
    if (intro) intro.hidden = words.step > 1;
    find("#next").textContent = say(screens.at(-1) === screen ? "to-review" : "next");
  }

  /** An answer may show or hide what depends on it, and a window may change its width. */
  private refresh(): void {
    const screens = this.form.screens();
    const screen = this.form.element.hidden ? null : nearest(screens, this.screen);
    if (!screen) return;
    this.screen = screen.key;
    this.showScreen(screen, screens);
  }

  private next(): void {
    const screen = this.form.screens().find((one) => one.key === this.screen);
    const items = screen?.parts.flatMap((part) => (part.dataset.item ? [part] : itemsIn(part)));
    const faults = items?.flatMap((item) => faultOf(item) ?? []) ?? [];
    if (faults.length) return this.summary.show(faults, () => undefined);
    this.step(1);
  }

  private step(by: 1 | -1): void {
    const keys = [START, ...this.form.screens().map((screen) => screen.key), REVIEW];
    this.visit(keys[keys.indexOf(this.screen) + by] ?? START);
  }

  private finish(): void {
    const faults = this.form.items().flatMap((item) => faultOf(item) ?? []);
    find("#preview-end").hidden = faults.length > 0;
    if (!faults.length) return find("#preview-end").focus();
    this.summary.show(faults, (item) => {
      const screen = screenOf(this.form.screens(), item);
      if (screen) this.visit(screen.key);
      for (const fault of faults) showFault(fault.item, fault.message);
    });
  }
}

new Preview().open();

/** The last screen: how much has been answered, and where something is left. */

import { remarkOn } from "./checking";
import { find } from "./dom";
import { type Form, screenOf } from "./form";
import { say } from "./words";

/** Fills the last screen; `go` leads to a screen of the form. */
export function fillReview(form: Form, go: (key: string) => void): void {
  const all = form.items();
  const left = form.unanswered();
  const given = all.length - left.length;
  find("#review-count").textContent = say("review-count", { given, all: all.length });
  find("#review-remarks").hidden = !all.some((item) => remarkOn(item) !== "");
  const sections = form.sections.filter((section) => left.some((item) => section.contains(item)));
  const entries = sections.map((section) => {
    const items = left.filter((item) => section.contains(item));
    return entry(titleOf(section, items[0]!), items.length, () => {
      const screen = screenOf(form.screens(), items[0]!);
      if (screen) go(screen.key);
    });
  });
  find("#review-left").replaceChildren(...entries);
}

/** The section's heading; without one, the first question that is left. */
function titleOf(section: HTMLElement, item: HTMLElement): string {
  const heading = section.querySelector("[data-title]")!.textContent!.trim();
  const question = item.querySelector("[data-words]") ?? item.querySelector(".question-text")!;
  return heading || question.textContent!.trim();
}

function entry(title: string, left: number, act: () => void): HTMLElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link-button";
  button.textContent = say("review-part", { title, left });
  button.addEventListener("click", act);
  const line = document.createElement("li");
  line.append(button);
  return line;
}

/** What is wrong with an answer, in words, and the summary that leads to it. */

import { firstField, nameOf, read, typed } from "./items";
import { hasIdentityNumber, hasMail, hasPhone } from "./texts";
import { say } from "./words";

export interface Fault {
  item: HTMLElement;
  message: string;
}

export function faultOf(item: HTMLElement): Fault | null {
  const message = messageFor(item);
  return message === null ? null : { item, message };
}

function messageFor(item: HTMLElement): string | null {
  const answer = read(item);
  const { kind, low, high, max } = item.dataset;
  const field = typed(item);
  if (field instanceof HTMLInputElement && field.validity.badInput) return say("date-wrong");
  if (answer === undefined) {
    if (item.dataset.required === undefined) return null;
    return say(field ? "required-text" : "required-choice");
  }
  if (kind === "number") {
    if (answer === "_unknown" || answer === "_declined") return null;
    if (typeof answer !== "number") return say("number-wrong");
    if (item.dataset.whole !== undefined && !Number.isInteger(answer)) return say("number-whole");
    if (low !== undefined && answer < Number(low)) return say("number-low", { low });
    if (high !== undefined && answer > Number(high)) return say("number-high", { high });
  }
  if ((kind === "short" || kind === "long") && typeof answer === "string") {
    if (answer.length > Number(max)) {
      return say("text-long", { over: answer.length - Number(max) });
    }
    if (hasIdentityNumber(answer)) return say("identity-number");
  }
  return null;
}

/** Mail addresses and phone numbers can be sent, but it should be meant. */
export function remarkOn(item: HTMLElement): string {
  const answer = read(item);
  if (typeof answer !== "string" || !["short", "long"].includes(item.dataset.kind!)) return "";
  if (hasIdentityNumber(answer)) return say("identity-number");
  const [mail, phone] = [hasMail(answer), hasPhone(answer)];
  if (!mail && !phone) return "";
  return say(mail && phone ? "contact-both" : mail ? "contact-mail" : "contact-phone");
}

export function showFault(item: HTMLElement, message: string): void {
  const line = item.querySelector<HTMLElement>(".field-error")!;
  line.querySelector("[data-message]")!.textContent = message;
  line.hidden = message === "";
  item.classList.toggle("field-wrong", message !== "");
  const bearer = typed(item) ?? item;
  if (message) bearer.setAttribute("aria-invalid", "true");
  else bearer.removeAttribute("aria-invalid");
}

export class Summary {
  constructor(private readonly element: HTMLElement) {}

  /** Lists the faults with links, and goes there. `visit` shows the screen of an item. */
  show(faults: Fault[], visit: (item: HTMLElement) => void): void {
    const list = this.element.querySelector("ul")!;
    list.replaceChildren(
      ...faults.map(({ item, message }) => {
        const link = document.createElement("a");
        link.href = `#${firstField(item)?.id ?? item.id}`;
        const label = labelOf(item);
        link.textContent = `${label}${/[.?!:]$/.test(label) ? "" : ":"} ${message}`;
        link.addEventListener("click", (event) => {
          event.preventDefault(); // the address keeps its history
          visit(item);
          firstField(item)?.focus();
        });
        const entry = document.createElement("li");
        entry.dataset.of = nameOf(item);
        entry.append(link);
        return entry;
      }),
    );
    for (const { item, message } of faults) showFault(item, message);
    this.element.hidden = false;
    this.element.focus();
  }

  hide(): void {
    this.element.hidden = true;
  }

  /** Takes the item off the list once nothing is wrong with it; goes when the list is empty. */
  mended(item: HTMLElement): void {
    if (this.element.hidden || faultOf(item)) return;
    this.element.querySelector(`[data-of="${nameOf(item)}"]`)?.remove();
    if (!this.element.querySelector("li")) this.hide();
  }
}

function labelOf(item: HTMLElement): string {
  const label = document.getElementById(`q-${nameOf(item)}-label`)!;
  return (label.querySelector("[data-words]") ?? label).textContent!.trim();
}

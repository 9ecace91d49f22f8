/** Reading and writing what the fields of the page hold. The page itself says what is asked. */

export type Answer = string | number | string[];
export type Answers = Record<string, Answer>;

const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/g; // all but tab and newline

export function itemsIn(root: ParentNode): HTMLElement[] {
  return Array.from(root.querySelectorAll<HTMLElement>("[data-item]"));
}

export function nameOf(item: HTMLElement): string {
  return item.dataset.item!;
}

function choices(item: HTMLElement): HTMLInputElement[] {
  return Array.from(item.querySelectorAll<HTMLInputElement>("input[type=radio], input[type=checkbox]"));
}

/** The field to type in, for a number, a date or a text. */
export function typed(item: HTMLElement): HTMLInputElement | HTMLTextAreaElement | null {
  return item.querySelector("textarea, input:not([type=radio], [type=checkbox])");
}

/** Where the keyboard should go when there is something to mend. */
export function firstField(item: HTMLElement): HTMLElement | null {
  return typed(item) ?? choices(item).find((choice) => choice.checked) ?? choices(item)[0] ?? null;
}

/** The answer as a ballot holds it; undefined when there is none. What is no number is a text. */
export function read(item: HTMLElement): Answer | undefined {
  const chosen = choices(item).filter((choice) => choice.checked);
  const missing = chosen.find((choice) => choice.dataset.missing !== undefined);
  if (missing) return missing.value;
  const field = typed(item);
  if (field) return readTyped(item.dataset.kind!, field);
  if (item.dataset.kind === "multiple") {
    return chosen.length ? chosen.map((choice) => choice.value) : undefined;
  }
  if (!chosen[0]) return undefined;
  return item.dataset.kind === "scale" ? Number(chosen[0].value) : chosen[0].value;
}

function readTyped(kind: string, field: HTMLInputElement | HTMLTextAreaElement) {
  const text = wellFormed(field.value).replace(CONTROL, "").trim();
  if (text === "") return undefined;
  return kind === "number" ? toNumber(text) : text;
}

/** Half an emoji, which a cut can leave behind, can be written in no UTF-8. */
function wellFormed(text: string): string {
  return Array.from(text, (one) => (/^[\ud800-\udfff]$/.test(one) ? "" : one)).join("");
}

/** "1 234,5" is a number to people; a text that is none stays a text and is found wrong. */
function toNumber(text: string): number | string {
  const plain = text.replace(/[\s\u00a0\u202f]/g, "").replace(",", ".").replace("−", "-");
  // A very small number comes back from a draft as "1e-7".
  const isNumber = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain);
  return isNumber && Number.isFinite(Number(plain)) ? Number(plain) : text;
}

/** The numbers that an answer stands for: itself, or the `value` of each option chosen. */
export function numbersOf(item: HTMLElement, answer: Answer): number[] {
  if (typeof answer === "number") return [answer];
  return choices(item)
    .filter((choice) => choice.checked && choice.dataset.value !== undefined)
    .map((choice) => Number(choice.dataset.value));
}

export function write(item: HTMLElement, answer: Answer | undefined): void {
  const chosen = answer === undefined ? [] : [answer].flat().map(String);
  for (const choice of choices(item)) choice.checked = chosen.includes(choice.value);
  const field = typed(item);
  const missing = choices(item).some((choice) => choice.checked);
  if (field) field.value = answer === undefined || missing ? "" : String(answer);
}

/** "Vet ej" and an answer exclude each other. `changed` is what was touched last. */
export function exclude(item: HTMLElement, changed: HTMLElement): void {
  const isMissing = (choice: HTMLInputElement) => choice.dataset.missing !== undefined;
  const field = typed(item);
  if (changed === field) {
    if (field.value !== "") choices(item).forEach((choice) => (choice.checked = false));
  } else if (changed instanceof HTMLInputElement && changed.checked) {
    for (const other of choices(item)) {
      if (other === changed || other.type === "radio") continue;
      if (isMissing(changed) || isMissing(other)) other.checked = false;
    }
    if (field && isMissing(changed)) field.value = "";
  }
}

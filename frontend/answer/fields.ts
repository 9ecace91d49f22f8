/** What stands by the fields while they are filled in: counters, remarks, "Ta bort svaret". */

import { faultOf, remarkOn, showFault } from "./checking";
import type { Form } from "./form";
import { exclude, firstField, itemsIn, nameOf, read, typed } from "./items";
import { say } from "./words";

/** Keeps the fields company; `changed` is called after each change with the item it was in. */
export function accompany(form: Form, changed: (item: HTMLElement) => void): void {
  form.element.addEventListener("input", (event) => {
    const target = event.target as HTMLElement;
    const item = target.closest<HTMLElement>("[data-item]");
    if (!item) return;
    exclude(item, target);
    if (item.classList.contains("field-wrong")) showFault(item, faultOf(item)?.message ?? "");
    update(item);
    changed(item);
  });
  for (const item of itemsIn(form.element)) {
    item.querySelector("[data-clear]")?.addEventListener("click", () => {
      for (const choice of item.querySelectorAll("input")) choice.checked = false;
      update(item);
      firstField(item)?.focus();
      changed(item);
    });
  }
}

/** Brings what stands by the item up to what is in it. */
export function update(item: HTMLElement): void {
  const clear = item.querySelector<HTMLElement>("[data-clear]");
  if (clear) clear.hidden = read(item) === undefined;
  const counter = document.getElementById(`q-${nameOf(item)}-counter`);
  const field = typed(item);
  if (!counter || !field) return;
  const left = Number(item.dataset.max) - field.value.trim().length;
  counter.textContent = say(left < 0 ? "over" : "left", { count: Math.abs(left) });
  counter.classList.toggle("counter-over", left < 0);
  const remark = document.getElementById(`q-${nameOf(item)}-remark`)!;
  const text = remarkOn(item);
  if (remark.textContent !== text) remark.textContent = text; // said once, not at each letter
  remark.hidden = text === "";
}

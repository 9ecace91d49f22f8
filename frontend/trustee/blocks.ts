/** A page that shows one thing at a time: `[data-block=name]` elements, of which one is visible. */

import { find } from "../answer/dom";

/** Shows the block, fills its `[data-fill=name]` places and moves the focus to its heading. */
export function show(block: string, fill: Record<string, string> = {}): void {
  for (const one of document.querySelectorAll<HTMLElement>("[data-block]")) {
    one.hidden = one.dataset.block !== block;
  }
  const shown = find(`[data-block="${block}"]`);
  for (const [name, text] of Object.entries(fill)) {
    for (const place of shown.querySelectorAll(`[data-fill="${name}"]`)) place.textContent = text;
  }
  find(`[data-block="${block}"] h2`).focus();
  window.scrollTo(0, 0);
}

/** Says what is wrong in the element that is there for it, or clears it; true when there is none. */
export function fault(selector: string, text: string, field?: string): boolean {
  const place = find(selector);
  place.textContent = text;
  place.hidden = !text;
  if (field) {
    find(field).toggleAttribute("aria-invalid", false);
    if (text) find(field).setAttribute("aria-invalid", "true");
    if (text) find(field).focus();
  }
  return !text;
}

/** Runs `work` with the button out of order meanwhile: a second press starts nothing. */
export function whenPressed(selector: string, work: () => Promise<void> | void): void {
  const button = find<HTMLButtonElement>(selector);
  button.addEventListener("click", async () => {
    if (button.getAttribute("aria-disabled")) return;
    button.setAttribute("aria-disabled", "true"); // `disabled` would take the focus away
    try {
      await work();
    } finally {
      button.removeAttribute("aria-disabled");
    }
  });
}

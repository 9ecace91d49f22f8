/** The one element that matches; the page's template and this script are written for each other. */
export function find<T extends HTMLElement = HTMLElement>(selector: string): T {
  return document.querySelector<T>(selector)!;
}

export function onClick(selector: string, act: () => void): void {
  for (const one of document.querySelectorAll(selector)) one.addEventListener("click", act);
}

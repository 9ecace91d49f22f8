/** The panel that tells where an answer is: under way, there, or stopped. One block at a time. */

export type Block =
  | "sending"
  | "waiting"
  | "done"
  | "answered"
  | "issued"
  | "closed"
  | "paused"
  | "unknown"
  | "withdrawn"
  | "mismatch"
  | "failed"
  | "cleared"
  | "unsupported";

export class Panel {
  constructor(private readonly element: HTMLElement) {}

  /** Shows `block`, fills its `[data-fill=name]` places and moves the focus to its heading. */
  show(block: Block, fill: Record<string, string> = {}): void {
    for (const one of this.element.querySelectorAll<HTMLElement>("[data-block]")) {
      one.hidden = one.dataset.block !== block;
      if (one.hidden) continue;
      for (const [name, text] of Object.entries(fill)) {
        for (const place of one.querySelectorAll(`[data-fill=${name}]`)) place.textContent = text;
      }
    }
    this.element.hidden = false;
    const heading = this.element.querySelector<HTMLElement>(`[data-block=${block}] h2`)!;
    heading.focus();
    window.scrollTo(0, 0);
  }

  hide(): void {
    this.element.hidden = true;
  }

  /** Calls `act` when any button marked with `action` is pressed. */
  on(action: string, act: () => void): void {
    for (const button of this.element.querySelectorAll(`[data-action=${action}]`)) {
      button.addEventListener("click", act);
    }
  }
}

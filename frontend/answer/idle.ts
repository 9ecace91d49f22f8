/** On a shared computer: five minutes without a sign of life, and everything is forgotten. */

const LIMIT = 5 * 60_000;
const WARNING = 60_000; // before the limit
const SIGNS = ["pointerdown", "keydown", "input", "wheel", "touchstart"] as const;

export class IdleWatch {
  private seen = Date.now();
  private timer = 0;

  constructor(
    private readonly dialog: HTMLDialogElement,
    private readonly forget: () => void,
  ) {
    dialog.querySelector("[data-stay]")!.addEventListener("click", () => this.stay());
    dialog.addEventListener("cancel", () => this.stay()); // Escape is a sign of life
    const sign = () => {
      if (!dialog.open) this.seen = Date.now();
    };
    for (const name of SIGNS) document.addEventListener(name, sign, { passive: true });
    // A phone that slept has no ticking clock: look again when somebody looks at the page.
    document.addEventListener("visibilitychange", () => this.look());
  }

  start(): void {
    this.seen = Date.now();
    this.stop();
    this.timer = window.setInterval(() => this.look(), 1000);
  }

  stop(): void {
    window.clearInterval(this.timer);
    this.timer = 0;
    if (this.dialog.open) this.dialog.close();
  }

  private stay(): void {
    this.seen = Date.now();
    this.dialog.close();
  }

  private look(): void {
    if (!this.timer) return;
    const idle = Date.now() - this.seen;
    if (idle >= LIMIT) {
      this.stop();
      this.forget();
    } else if (idle >= LIMIT - WARNING && !this.dialog.open) {
      this.dialog.showModal();
    }
  }
}

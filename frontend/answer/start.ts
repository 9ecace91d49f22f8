/** The first screen: where the answer belongs, and what is kept on this device. */

import { find, onClick } from "./dom";
import type { Draft, Keeping } from "./draft";
import { PlaceChooser, fetchPlace, fetchUnits } from "./place";
import { say } from "./words";

export class Start {
  unit = "";
  level = "";
  corrected = false; // by the respondent: not what the invitation says
  private chooser: PlaceChooser | null = null;

  constructor(private readonly keep: (keeping: Keeping) => void) {
    onClick("#change-place", () => {
      this.edit();
      find("#unit-search").focus();
    });
    const ticked = (id: string, keeping: Keeping) =>
      find<HTMLInputElement>(id).addEventListener("change", (event) => {
        this.keep((event.target as HTMLInputElement).checked ? keeping : "session");
      });
    ticked("#keep-device", "device");
    ticked("#keep-shared", "memory");
  }

  /** Asks where the answer belongs; true when there is one from this invitation already. */
  async fetch(round: string, secret: string): Promise<boolean> {
    const [place, units] = await Promise.all([fetchPlace(round, secret), fetchUnits(round)]);
    if (place.answered) return true;
    this.chooser = new PlaceChooser(find("#place-chooser"), units);
    this.take(place.unit, place.level);
    return false;
  }

  restore(draft: Draft, begun: boolean): void {
    if (draft.corrected && this.chooser?.describe(draft.unit)[0]) {
      this.corrected = true;
      this.take(draft.unit, draft.level);
    }
    if (!begun) return;
    find("#begin").textContent = say("go-on");
    find("#resumed").hidden = false;
  }

  showKeeping(keeping: Keeping): void {
    find<HTMLInputElement>("#keep-device").checked = keeping === "device";
    find<HTMLInputElement>("#keep-shared").checked = keeping === "memory";
    if (keeping !== "session") find<HTMLDetailsElement>(".keeping").open = true;
  }

  /** Takes what was chosen; false, with the focus where it is missing, when no unit was. */
  settle(): boolean {
    if (find("#place-chooser").hidden) return true;
    const { unit, level } = this.chooser!.chosen();
    find("#unit-fault").hidden = unit !== null;
    if (unit === null) {
      find("#unit-search").focus();
      return false;
    }
    this.corrected ||= unit !== this.unit || level !== this.level;
    find("#place-chooser").hidden = true;
    find("#place").hidden = false;
    this.take(unit, level);
    return true;
  }

  private take(unit: string, level: string): void {
    this.unit = unit;
    this.level = level;
    const [name, above] = this.chooser?.describe(unit) ?? ["", ""];
    const option = find("#level").querySelector(`[value="${CSS.escape(level)}"]`);
    find("#place-unit").textContent = name;
    find("#place-above").textContent = above;
    find("#place-level").textContent = option?.textContent?.trim() ?? "";
    if (!name || !option) this.edit(); // an open link, or a unit closed since
  }

  private edit(): void {
    this.chooser?.open(this.unit, this.level);
    find("#place").hidden = true;
  }
}

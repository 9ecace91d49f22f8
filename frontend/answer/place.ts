/** Unit and level: from the invitation, and to be corrected by the respondent. */

import { say } from "./words";
import { credentials, padded, send } from "./sending";

export interface Unit {
  code: string;
  name: string;
  parent: string | null;
}

export interface Place {
  unit: string;
  level: string;
  answered: boolean;
}

const MOST = 20; // hits shown at a time

export async function fetchPlace(round: string, secret: string): Promise<Place> {
  const url = `/enkat/${round}/place`;
  const body = { secret: padded(secret) };
  const answer: unknown = await send("staff", url, body, credentials(secret));
  return answer as Place;
}

export async function fetchUnits(round: string): Promise<Unit[]> {
  const answer = await fetch(`/enkat/${round}/units.json`, { credentials: "omit" });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return (await answer.json()) as Unit[];
}

/** The choice of another unit and level: a search over all units, with plain radio buttons. */
export class PlaceChooser {
  private readonly byCode: Map<string, Unit>;
  private readonly search: HTMLInputElement;
  private readonly hits: HTMLElement;
  private readonly count: HTMLElement;

  constructor(
    private readonly element: HTMLElement,
    private readonly units: Unit[],
  ) {
    this.byCode = new Map(units.map((unit) => [unit.code, unit]));
    this.search = element.querySelector<HTMLInputElement>("#unit-search")!;
    this.hits = element.querySelector<HTMLElement>("[data-hits]")!;
    this.count = element.querySelector<HTMLElement>("[data-count]")!;
    this.search.addEventListener("input", () => this.find());
  }

  /** "Vårdcentralen Norr", and where it belongs: "Närhälsan › Område 2". */
  describe(code: string): [string, string] {
    const unit = this.byCode.get(code);
    if (!unit) return ["", ""];
    const above: string[] = [];
    let parent = unit.parent;
    while (parent !== null && above.length < 20) {
      const found = this.byCode.get(parent);
      if (!found) break;
      above.unshift(found.name);
      parent = found.parent;
    }
    return [unit.name, above.join(" › ")];
  }

  open(unit: string, level: string): void {
    this.element.hidden = false;
    this.search.value = "";
    this.find(unit);
    const select = this.element.querySelector<HTMLSelectElement>("#level")!;
    select.value = level;
    if (select.selectedIndex < 0) select.selectedIndex = 0;
  }

  /** What was chosen; the unit is null when none was. */
  chosen(): { unit: string | null; level: string } {
    const radio = this.hits.querySelector<HTMLInputElement>("input:checked");
    const level = this.element.querySelector<HTMLSelectElement>("#level")!.value;
    return { unit: radio?.value ?? null, level };
  }

  private find(chosen = this.chosen().unit ?? ""): void {
    const words = fold(this.search.value).split(/\s+/).filter(Boolean);
    const hits = this.units.filter((unit) => {
      const text = fold(`${unit.name} ${unit.code}`);
      return words.every((word) => text.includes(word));
    });
    const first = this.byCode.get(chosen);
    const shown = hits.filter((unit) => unit.code !== chosen).slice(0, MOST);
    if (first) shown.unshift(first);
    this.hits.replaceChildren(...shown.map((unit) => this.radio(unit, unit.code === chosen)));
    this.count.textContent =
      hits.length > MOST
        ? say("units-many", { shown: MOST, all: hits.length })
        : say(hits.length === 1 ? "units-one" : "units-found", { all: hits.length });
  }

  private radio(unit: Unit, checked: boolean): HTMLElement {
    const template = this.element.querySelector<HTMLTemplateElement>("template")!;
    const choice = template.content.firstElementChild!.cloneNode(true) as HTMLElement;
    const input = choice.querySelector("input")!;
    const [name, above] = this.describe(unit.code);
    input.value = unit.code;
    input.checked = checked;
    choice.querySelector("[data-name]")!.textContent = name;
    choice.querySelector("[data-above]")!.textContent = above;
    return choice;
  }
}

function fold(text: string): string {
  return text.toLocaleLowerCase("sv");
}

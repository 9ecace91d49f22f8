/** The questionnaire on the page: what is shown now, what has been answered, screen by screen. */

import { type Condition, type Given, holds, isMissing } from "./conditions";
import { type Answers, itemsIn, nameOf, numbersOf, read, write } from "./items";

/** What is seen at one time: a section, or on a narrow screen one row of a matrix. */
export interface Screen {
  key: string;
  section: HTMLElement;
  parts: HTMLElement[]; // questions and rows of a matrix
}

export const NARROW = matchMedia("(max-width: 699px)");

export class Form {
  readonly sections: HTMLElement[];

  constructor(
    readonly element: HTMLFormElement,
    public level = "",
  ) {
    this.sections = Array.from(element.querySelectorAll<HTMLElement>("[data-section]"));
  }

  /** The answers of the questions that are shown, as a ballot holds them. */
  answers(): Answers {
    return Object.fromEntries(Array.from(this.given(), ([name, { answer }]) => [name, answer]));
  }

  restore(answers: Answers): void {
    for (const item of itemsIn(this.element)) write(item, answers[nameOf(item)]);
  }

  /** Items that are shown, in the order of the form. */
  items(): HTMLElement[] {
    return Array.from(this.shown()).flatMap((question) =>
      question.dataset.item ? [question] : itemsIn(question),
    );
  }

  unanswered(): HTMLElement[] {
    const given = this.given();
    return this.items().filter((item) => {
      const answer = given.get(nameOf(item))?.answer;
      return answer === undefined || (isMissing(answer) && !String(answer).startsWith("_"));
    });
  }

  screens(): Screen[] {
    const shown = this.shown();
    const screens: Screen[] = [];
    for (const section of this.sections) {
      const questions = questionsIn(section).filter((question) => shown.has(question));
      if (NARROW.matches) screens.push(...narrowScreens(section, questions));
      else if (questions.length) screens.push({ key: keyOf(section), section, parts: questions });
    }
    return screens;
  }

  /** Which of the sections shown it is, from 1, and which of its screens. */
  part(screen: Screen, screens: Screen[]) {
    const sections = [...new Set(screens.map((one) => one.section))];
    const within = screens.filter((one) => one.section === screen.section);
    return {
      number: sections.indexOf(screen.section) + 1,
      all: sections.length,
      step: within.indexOf(screen) + 1,
      steps: within.length,
    };
  }

  /** Leaves only `screen` to be seen. */
  show(screen: Screen): void {
    for (const section of this.sections) {
      section.hidden = section !== screen.section;
      for (const question of questionsIn(section)) {
        const rows = rowsOf(question);
        for (const row of rows) row.hidden = !isPart(screen, row) && !isPart(screen, question);
        question.hidden = !isPart(screen, question) && !rows.some((row) => isPart(screen, row));
      }
    }
  }

  private given(): Map<string, Given> {
    const found = new Map<string, Given>();
    this.walk(found);
    return found;
  }

  private shown(): Set<HTMLElement> {
    return this.walk(new Map());
  }

  /** Questions shown, each decided by what has been answered before it. Fills `given`. */
  private walk(given: Map<string, Given>): Set<HTMLElement> {
    const shown = new Set<HTMLElement>();
    for (const section of this.sections) {
      if (!this.applies(section, given)) continue;
      for (const question of questionsIn(section)) {
        if (!this.applies(question, given)) continue;
        shown.add(question);
        for (const item of question.dataset.item ? [question] : itemsIn(question)) {
          const answer = read(item);
          if (answer === undefined) continue;
          const date = item.dataset.kind === "date";
          given.set(nameOf(item), { answer, numbers: numbersOf(item, answer), date });
        }
      }
    }
    return shown;
  }

  private applies(element: HTMLElement, given: Map<string, Given>): boolean {
    const condition = element.dataset.showIf;
    return !condition || holds(JSON.parse(condition) as Condition, given, this.level);
  }
}

export function questionsIn(section: HTMLElement): HTMLElement[] {
  return Array.from(section.querySelectorAll<HTMLElement>("[data-question]"));
}

function rowsOf(question: HTMLElement): HTMLElement[] {
  return question.dataset.item ? [] : itemsIn(question);
}

function isPart(screen: Screen, element: HTMLElement): boolean {
  return screen.parts.includes(element);
}

function keyOf(section: HTMLElement, part?: HTMLElement): string {
  const name = part?.dataset.item ?? part?.dataset.question;
  return name ? `${section.dataset.section}/${name}` : section.dataset.section!;
}

/** Each row of a matrix by itself; what stands between matrices together. */
function narrowScreens(section: HTMLElement, questions: HTMLElement[]): Screen[] {
  const groups: HTMLElement[][] = [];
  let open: HTMLElement[] | null = null;
  for (const question of questions) {
    const rows = rowsOf(question);
    if (rows.length) {
      groups.push(...rows.map((row) => [row]));
      open = null;
    } else if (open) {
      open.push(question);
    } else {
      groups.push((open = [question]));
    }
  }
  return groups.map((parts) => ({ key: keyOf(section, parts[0]), section, parts }));
}

/** The screen with this key; after a turn of the phone or a change of answers the one nearest. */
export function nearest(screens: Screen[], key: string): Screen | null {
  const [section, name] = key.split("/");
  const holds = (part: HTMLElement) =>
    part.dataset.question === name ||
    part.dataset.item === name ||
    itemsIn(part).some((item) => item.dataset.item === name);
  return (
    screens.find((screen) => screen.key === key) ??
    screens.find((screen) => name !== undefined && screen.parts.some(holds)) ??
    screens.find((screen) => screen.section.dataset.section === section) ??
    null
  );
}

export function screenOf(screens: Screen[], item: HTMLElement): Screen | undefined {
  return screens.find((screen) => screen.parts.some((part) => part.contains(item)));
}

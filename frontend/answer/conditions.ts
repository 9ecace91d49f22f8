/** Which questions are shown, by the same rules as dialog/core/conditions.py. */

import type { Answer, Answers } from "./items";

interface Test {
  item: string;
  op?: "is" | "is_not" | "at_least" | "at_most" | "answered";
  values?: string[];
}

export interface Condition {
  mode?: "all" | "any";
  parts?: (Test | Condition)[];
}

/** What there is to compare with: an answer, the numbers it stands for, and whether it is a date. */
export interface Given {
  answer: Answer;
  numbers: number[];
  date: boolean;
}

const LEVEL = "@level";
const MISSING = ["", "_unknown", "_declined"];

export function holds(
  condition: Condition,
  given: Map<string, Given>,
  level: string,
): boolean {
  const outcomes = (condition.parts ?? []).map((part) =>
    "item" in part ? passes(part, given, level) : holds(part, given, level),
  );
  return condition.mode === "any" ? outcomes.some(Boolean) : outcomes.every(Boolean);
}

export function isMissing(answer: Answers[string] | undefined): boolean {
  if (Array.isArray(answer)) return answer.length === 0;
  return answer === undefined || MISSING.includes(String(answer));
}

function passes(test: Test, given: Map<string, Given>, level: string): boolean {
  const found = given.get(test.item);
  const answer = test.item === LEVEL ? level : found?.answer;
  const values = test.values ?? [];
  const op = test.op ?? "is";
  if (op === "is" || op === "is_not") {
    const chosen = answer === undefined ? [] : [answer].flat();
    return chosen.some((one) => values.includes(String(one))) === (op === "is");
  }
  if (isMissing(answer)) return false;
  if (op === "answered") return true;
  if (found === undefined || values[0] === undefined) return false;
  const atLeast = op === "at_least";
  if (found.date) {
    return atLeast ? String(answer) >= values[0] : String(answer) <= values[0];
  }
  const bound = Number(values[0]);
  if (values[0].trim() === "" || Number.isNaN(bound)) return false;
  return found.numbers.some((number) => (atLeast ? number >= bound : number <= bound));
}

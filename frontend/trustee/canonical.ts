/** JSON that has one form only: sorted keys, no spaces; `canonical` of dialog/core/ballots/encoding. */

import { type Bytes, utf8 } from "../answer/bytes";

export type Value = string | number | Value[] | { [name: string]: Value };

export function canonicalText(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(",")}]`;
  if (typeof value !== "object") return JSON.stringify(value);
  const fields = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalText(value[name]!)}`);
  return `{${fields.join(",")}}`;
}

export function canonical(value: Value): Bytes {
  return utf8(canonicalText(value));
}

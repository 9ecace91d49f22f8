/** The page's own words, in its language, from the catalogues of the staff application. */

const found = JSON.parse(document.getElementById("words")!.textContent!) as Record<string, string>;

/** The text named `key`, with `{name}` replaced. A key that is missing shows itself. */
export function say(key: string, values: Record<string, string | number> = {}): string {
  const text = found[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** What the pages ask of the staff application, signed in, on their own origin. */

import { find } from "../answer/dom";

const TIMEOUT = 30_000;
const STALE = 400; // what a token of another session is answered with

/** An answer that is no success; `sentence` is the server's own, in the user's language, or "". */
export class RefusalError extends Error {
  constructor(
    readonly status: number,
    readonly sentence: string,
  ) {
    super(sentence);
  }
}

export function csrf(): string {
  return find("[data-csrf]").dataset.csrf!;
}

/** Posts JSON and gives the answer's. Throws RefusalError, or TypeError without a connection. */
export async function post(url: string, body: unknown = {}): Promise<Record<string, string>> {
  return renewing(async () => {
    const answer = await fetch(url, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        Accept: "application/json",
        "X-CSRFToken": csrf(),
      },
      body: JSON.stringify(body),
      cache: "no-store",
      signal: AbortSignal.timeout(TIMEOUT),
    });
    const fields = fieldsOf(await answer.text());
    if (!answer.ok) throw new RefusalError(answer.status, fields.error ?? "");
    return fields;
  });
}

/**
 * Does `work`, and once more with a new token when the page's is of a session that has ended:
 * loading the page again would lose what it holds.
 */
export async function renewing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RefusalError) || error.status !== STALE || !(await renewed())) throw error;
    return work();
  }
}

async function renewed(): Promise<boolean> {
  const answer = await fetch(location.href, { cache: "no-store" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const token = page.querySelector<HTMLElement>("[data-csrf]")?.dataset.csrf;
  if (!token) return false; // signed out: the page is another one
  find("[data-csrf]").dataset.csrf = token;
  return true;
}

/** The fields of a JSON answer; none of a proxy's own error page: the status says enough. */
export function fieldsOf(text: string): Record<string, string> {
  try {
    return (JSON.parse(text) ?? {}) as Record<string, string>;
  } catch {
    return {};
  }
}

/** What went wrong, in the page's words: what it is, and what to do. */

import { say } from "../answer/words";
import { BatchError } from "./batch";
import { KeyFileError } from "./keyfile";
import { WrongKeyError } from "./peeling";
import { RefusalError } from "./server";

export function inWords(error: unknown): string {
  if (error instanceof KeyFileError) return say(`key-${error.fault}`);
  if (error instanceof BatchError) return say(`batch-${error.fault}`);
  if (error instanceof WrongKeyError) return say("batch-wrong-key");
  if (error instanceof RefusalError) return refused(error);
  const isLost = error instanceof TypeError || error instanceof DOMException;
  return say(isLost ? "no-contact" : "unexpected");
}

function refused(error: RefusalError): string {
  // The server cannot know that the page keeps everything: what it says of these is for pages.
  if ([400, 401, 404].includes(error.status)) return say("signed-out");
  if (error.sentence) return error.sentence;
  if (error.status >= 500 || error.status === 429) return say("server-busy");
  return say("refused", { code: error.status });
}

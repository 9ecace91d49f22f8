// Blinding against another implementation: what the page blinds, @cloudflare/blindrsa-ts signs and
// verifies; what that library blinds, the page's code unblinds. Run by tests/browser.
import assert from "node:assert/strict";
import { RSABSSA } from "@cloudflare/blindrsa-ts";
import { buildSync } from "esbuild";

const { outputFiles } = buildSync({
  entryPoints: ["answer/blinding.ts"],
  bundle: true,
  format: "esm",
  write: false,
});
const source = Buffer.from(outputFiles[0].contents).toString("base64");
const { blind, finalize, prepare, publicKey } = await import(`data:text/javascript;base64,${source}`);

const oracle = RSABSSA.SHA384.PSS.Randomized();
const pair = await oracle.generateKey({
  modulusLength: 2048,
  publicExponent: Uint8Array.of(1, 0, 1),
});
const spki = new Uint8Array(await crypto.subtle.exportKey("spki", pair.publicKey));
const key = await publicKey(spki);

for (let round = 0; round < 10; round++) {
  const message = crypto.getRandomValues(new Uint8Array(32));

  const ours = prepare(message);
  const made = await blind(key, ours);
  const signed = await oracle.blindSign(pair.privateKey, made.message);
  const token = await finalize(key, ours, signed, made.inverse);
  assert(await oracle.verify(pair.publicKey, token, ours));

  const theirs = oracle.prepare(message);
  const { blindedMsg, inv } = await oracle.blind(pair.publicKey, theirs);
  const answer = await oracle.blindSign(pair.privateKey, blindedMsg);
  assert.deepEqual(
    await finalize(key, theirs, answer, inv),
    await oracle.finalize(pair.publicKey, theirs, answer, inv),
  );
}
console.log("agreed");

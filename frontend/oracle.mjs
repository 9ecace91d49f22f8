// Another implementation of RFC 9474, @cloudflare/blindrsa-ts, for the tests to ask: one question
// in JSON a line, one answer a line, bytes in hex. Run by tests/browser/test_with_node.py.
import { createInterface } from "node:readline";
import { RSABSSA } from "@cloudflare/blindrsa-ts";

const oracle = RSABSSA.SHA384.PSS.Randomized();
const RSA_PSS = { name: "RSA-PSS", hash: "SHA-384" };
const hex = (bytes) => Buffer.from(bytes).toString("hex");
const bytes = (text) => new Uint8Array(Buffer.from(text, "hex"));
const pair = await oracle.generateKey({
  modulusLength: 2048,
  publicExponent: Uint8Array.of(1, 0, 1),
});
const given = (spki) =>
  spki
    ? crypto.subtle.importKey("spki", bytes(spki), RSA_PSS, true, ["verify"])
    : pair.publicKey;

const answers = {
  key: async () => ({ spki: hex(await crypto.subtle.exportKey("spki", pair.publicKey)) }),
  sign: async ({ blinded }) => ({
    signed: hex(await oracle.blindSign(pair.privateKey, bytes(blinded))),
  }),
  blind: async ({ message }) => {
    const prepared = oracle.prepare(bytes(message));
    const { blindedMsg, inv } = await oracle.blind(pair.publicKey, prepared);
    return { prepared: hex(prepared), blinded: hex(blindedMsg), inverse: hex(inv) };
  },
  finalize: async ({ prepared, signed, inverse }) => ({
    token: hex(
      await oracle.finalize(pair.publicKey, bytes(prepared), bytes(signed), bytes(inverse)),
    ),
  }),
  verify: async ({ spki, token, prepared }) => ({
    holds: await oracle.verify(await given(spki), bytes(token), bytes(prepared)),
  }),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { ask, ...question } = JSON.parse(line);
  console.log(JSON.stringify(await answers[ask](question)));
}

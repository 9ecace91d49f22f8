// Builds the scripts in dialog/web/static, and notes what every file there that was not written
// by hand must be: `node build.mjs`. The results are committed; users need no Node.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const STATIC = fileURLToPath(new URL("../dialog/web/static/", import.meta.url));
const TESTS = fileURLToPath(new URL("../tests/browser/", import.meta.url));
const FOLDERS = ["vendor", "answer", "check", "meeting", "trustee"];

// Its licence asks for this line wherever the code goes.
const banner = { js: "/*! Dialog. With @hpke/core and @hpke/common, (c) Ajitomi Daisuke, MIT License. */" };

for (const [source, outfile, minify] of [
  ["answer/main.ts", STATIC + "answer/answer.js", true],
  ["answer/main.ts", STATIC + "answer/answer.readable.js", false],
  ["answer/preview.ts", STATIC + "answer/preview.js", true],
  ["check/main.ts", STATIC + "check/check.js", true],
  ["check/main.ts", STATIC + "check/check.readable.js", false],
  ["answer/parts.ts", TESTS + "parts.js", false],
  ["meeting/main.ts", STATIC + "meeting/vote.js", true],
  ["trustee/main.ts", STATIC + "trustee/trustee.js", true],
  ["trustee/main.ts", STATIC + "trustee/trustee.readable.js", false],
  ["trustee/worker.ts", STATIC + "trustee/peeling.js", true],
  ["trustee/worker.ts", STATIC + "trustee/peeling.readable.js", false],
  ["trustee/parts.ts", TESTS + "trustee_parts.js", false],
]) {
  await build({
    entryPoints: [source],
    outfile,
    banner,
    bundle: true,
    format: "esm",
    target: "es2022",
    charset: "utf8",
    minify,
  });
}

function* files(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else if (entry.name !== "manifest.json") yield path;
  }
}

const hashes = {};
for (const path of FOLDERS.flatMap((folder) => [...files(STATIC + folder)]).sort()) {
  const digest = createHash("sha384").update(readFileSync(path)).digest("base64");
  hashes[relative(STATIC, path)] = `sha384-${digest}`;
}
writeFileSync(STATIC + "vendor/manifest.json", JSON.stringify(hashes, null, 2) + "\n");

// Builds the scripts in dialog/web/static, and notes what every file there that was not written
// by hand must be: `node build.mjs`. The results are committed; users need no Node.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const STATIC = fileURLToPath(new URL("../dialog/web/static/", import.meta.url));
const FOLDERS = ["vendor", "answer"];

for (const [outfile, minify] of [["answer/answer.js", true], ["answer/answer.readable.js", false]]) {
  await build({
    entryPoints: ["answer/main.ts"],
    outfile: STATIC + outfile,
    bundle: true,
    format: "esm",
    target: "es2022",
    charset: "utf8",
    minify,
    legalComments: "eof",
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

// Builds static/vendor/ from the sources: fonts, the stylesheet bundle, the script bundle.
//   npm ci --ignore-scripts && node static/build.mjs
// Nothing here runs in the browser. Without a build the site works from the unbundled sources
// and the reader's own fonts (see kmportal/core/assets.py).
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.join(here, "vendor");
const modules = path.join(here, "..", "node_modules");

// Baseline of the design: the last browsers of Windows 7 and 8.1, and their contemporaries.
const target = ["chrome109", "firefox115", "safari16"];

// Fahkwang is for headings only: a slow first visit shows Sarabun Bold and nothing jumps.
const faces = [
  { family: "Sarabun", weight: 400, display: "swap" },
  { family: "Sarabun", weight: 700, display: "swap" },
  { family: "Fahkwang", weight: 600, display: "optional" },
];
const subsets = {
  thai: "U+02D7,U+0303,U+0331,U+0E01-0E5B,U+200C-200D,U+25CC",
  latin:
    "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212",
};

async function fonts() {
  const rules = [];
  for (const { family, weight, display } of faces) {
    const name = family.toLowerCase();
    for (const [subset, range] of Object.entries(subsets)) {
      const file = `${name}-${subset}-${weight}-normal.woff2`;
      await copyFile(path.join(modules, "@fontsource", name, "files", file), path.join(out, "fonts", file));
      rules.push(
        `@font-face{font-family:${family};font-weight:${weight};font-display:${display};` +
          `src:url(fonts/${file}) format("woff2");unicode-range:${range}}`,
      );
    }
    await copyFile(path.join(modules, "@fontsource", name, "LICENSE"), path.join(out, "fonts", `${family}-LICENSE.txt`));
  }
  return rules.join("\n");
}

// `outputs` maps a file of vendor/ to its source; one list, so nothing is built by hand.
const outputs = {
  "site.css": "css/site.css",
  "communities.css": "css/communities.css",
  "contest.css": "css/contest.css",
  "site.js": "js/site.js",
  "imports.js": "js/imports.js",
  "export.js": "js/export.js",
  "ask.js": "js/ask.js",
  "talk.js": "js/talk.js",
  "circles.js": "js/circles.js",
  "harvest.js": "js/harvest.js",
  "judging.js": "js/judging.js",
  "listen.js": "js/listen.js",
  "contest.js": "js/contest.js",
  "editor.js": "js/editor.js",
  "editor.css": "editor/editor.css",
};

async function bundle(fontRules) {
  for (const [name, source] of Object.entries(outputs)) {
    await build({
      entryPoints: [path.join(here, source)],
      outfile: path.join(out, name),
      bundle: true,
      minify: true,
      format: "esm",
      target,
      charset: "utf8",
      legalComments: "none",
      external: ["*.woff2"],
      logLevel: "warning",
    });
  }
  const css = path.join(out, "site.css");
  await writeFile(css, `${fontRules}\n${await readFile(css, "utf8")}`);
}

// The server sends the packed twin where the browser takes it; without one it would send the file as it is.
async function pack() {
  await copyFile(path.join(here, "icons.svg"), path.join(out, "icons.svg"));
  for (const name of [...Object.keys(outputs), "icons.svg"]) {
    const file = path.join(out, name);
    const plain = await readFile(file);
    const gz = gzipSync(plain, { level: 9 });
    const br = brotliCompressSync(plain);
    await writeFile(`${file}.gz`, gz);
    await writeFile(`${file}.br`, br);
    console.log(`${name}: ${plain.length} bytes, ${gz.length} gz, ${br.length} br`);
  }
}

await rm(out, { recursive: true, force: true });
await mkdir(path.join(out, "fonts"), { recursive: true });
await bundle(await fonts());
await pack();

// Builds the stylesheet, the script, the fonts and the icon sprite into ../static/dist (never committed).
// usage: node build.mjs [OUT]     run by scripts/build_assets.py, which also decides whether there is anything to do
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { PurgeCSS } from "purgecss";

const assets = path.dirname(fileURLToPath(import.meta.url));
const modules = path.resolve(assets, "../..");
const root = path.resolve(modules, "../..");
const out = path.resolve(process.argv[2] ?? path.join(assets, "../static/dist"));
const fresh = `${out}.new`;
const ICONS = path.join(root, "node_modules/@tabler/icons/icons/outline");

function* filesUnder(folder, ...endings) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!["dist", "migrations", "__pycache__"].includes(entry.name)) yield* filesUnder(full, ...endings);
    } else if (endings.some((ending) => entry.name.endsWith(ending))) yield full;
  }
}

// Words in which a class, an attribute or an icon may be named.
const sources = [...filesUnder(modules, ".html", ".py", ".js")].map((file) => ({
  file: path.relative(root, file),
  raw: fs.readFileSync(file, "utf8"),
  extension: path.extname(file).slice(1),
}));

async function bundle() {
  await esbuild.build({
    entryPoints: ["app.js", "theme.js", "app.css", "portal.css", "work.js", "places.js", "photos.js"].map((name) => path.join(assets, name)),
    bundle: true,
    minify: true,
    format: "esm",
    target: ["es2022"],
    outdir: fresh,
    assetNames: "fonts/[name]",
    loader: { ".woff2": "file", ".woff": "empty", ".svg": "dataurl", ".png": "dataurl" },
    nodePaths: [path.join(root, "node_modules")],
    legalComments: "linked",
    logLevel: "warning",
  });
}

// Rules of the component library that no template, script or form names are left out.
async function purge() {
  const sheet = path.join(fresh, "app.css");
  const [{ css }] = await new PurgeCSS().purge({
    content: sources.map(({ raw, extension }) => ({ raw, extension })),
    css: [{ raw: fs.readFileSync(sheet, "utf8") }],
    defaultExtractor: (content) => content.match(/[A-Za-z0-9_][A-Za-z0-9_-]*/g) ?? [],
    keyframes: true,
    // our own classes are few and partly composed (dv-{{ tone }}); the rest is set by scripts
    safelist: { standard: [/^(dv|is|rd|sp|td|htmx)-/, "show", "collapsing", "dark", "light"] },
  });
  const { code } = await esbuild.transform(css, { loader: "css", minify: true });
  fs.writeFileSync(sheet, code);
  // esbuild leaves the old faces out of the sheet but names the files it copied: keep only the used ones
  for (const font of fs.readdirSync(path.join(fresh, "fonts")))
    if (!code.includes(font)) fs.rmSync(path.join(fresh, "fonts", font));
}

// The public pages weigh little: the colours and sizes that they do not use are left out of their sheet.
function lighten() {
  const sheet = path.join(fresh, "portal.css");
  let css = fs.readFileSync(sheet, "utf8");
  for (let before = ""; before !== css; ) {
    before = css;
    css = css.replace(/(--dv-[a-z0-9-]+):[^;{}]*;?/g, (whole, name) =>
      before.includes(`var(${name})`) || before.includes(`var(${name},`) ? whole : "",
    );
  }
  fs.writeFileSync(sheet, css.replace(/;}/g, "}"));
}

// Every icon named in a template (<c-icon name>, icon="...", {% icon "..." %}) or in Python that speaks of icons.
function iconNames() {
  const known = new Set(fs.readdirSync(ICONS).map((name) => name.replace(/\.svg$/, "")));
  const used = new Set();
  const unknown = [];
  for (const { file, raw, extension } of sources) {
    if (extension === "html") {
      const places = [
        ...raw.matchAll(/<c-icon\b[^>]*?\sname="([^"]*)"/gs),
        ...raw.matchAll(/\sicon="([^"]*)"/g),
        ...raw.matchAll(/{%\s*icon\s+"([^"]+)"/g),
      ];
      for (const [, value] of places) {
        const composed = /{[{%]/.test(value);
        const words = value.replace(/{%.*?%}|{{.*?}}/gs, " ").split(/\s+/).filter(Boolean);
        for (const word of words)
          if (known.has(word)) used.add(word);
          else if (!composed) unknown.push(`${file}: ${word}`);
      }
      // an attribute that is an expression (:icon="one.icon") names icons only where it quotes them
      for (const [, value] of raw.matchAll(/\s:(?:icon|name)="([^"]*)"/g))
        for (const [, word] of value.matchAll(/'([^']+)'/g)) if (known.has(word)) used.add(word);
    } else if (extension === "py" && /icon/i.test(raw)) {
      for (const [, word] of raw.matchAll(/"([a-z0-9]+(?:-[a-z0-9]+)*)"/g)) if (known.has(word)) used.add(word);
    } else if (extension === "js") {
      for (const [, word] of raw.matchAll(/icons\.svg#([a-z0-9-]+)/g)) used.add(word);
    }
  }
  if (unknown.length) {
    console.error(`These icons are not in @tabler/icons (outline):\n  ${unknown.join("\n  ")}`);
    process.exit(1);
  }
  return [...used].sort();
}

function sprite(names) {
  const symbols = names.map((name) => {
    const svg = fs.readFileSync(path.join(ICONS, `${name}.svg`), "utf8");
    const start = svg.indexOf(">", svg.indexOf("<svg")) + 1;
    const inner = svg.slice(start, svg.lastIndexOf("</svg>")).replace(/\s*\n\s*/g, "");
    return (
      `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" ` +
      `stroke-linecap="round" stroke-linejoin="round">${inner}</symbol>`
    );
  });
  fs.writeFileSync(
    path.join(fresh, "icons.svg"),
    `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`,
  );
}

fs.rmSync(fresh, { recursive: true, force: true });
await bundle();
await purge();
lighten();
sprite(iconNames());
fs.rmSync(out, { recursive: true, force: true });
fs.renameSync(fresh, out);

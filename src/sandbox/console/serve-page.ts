import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { Hono } from "hono";
import { transformSync } from "oxc-transform";

const PAGE = new URL("./page/", import.meta.url);

/** What the page imports by a bare name, and where the package keeps it as an ES module. */
const VENDORED: Record<string, string> = {
  preact: "preact",
  "preact/hooks": "preact/hooks",
  "preact/jsx-runtime": "preact/jsx-runtime",
};

const CONTENT_TYPES: Record<string, string> = {
  ".ts": "text/javascript; charset=utf-8",
  ".tsx": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

const PAGE_FILE = /^(?:[a-z][a-z-]*\/)?[a-z][a-z-]*\.(?:ts|tsx|css|svg)$/;

/** `/` and `/page/*`: the page's files as they are, TypeScript with its types taken off on the way, one module a file. */
export function servePage(): Hono {
  const page = new Hono();
  const modules = new Map<string, string>();

  page.get("/", async (context) => {
    const importMap = JSON.stringify({
      imports: Object.fromEntries(Object.keys(VENDORED).map((name) => [name, `/page/vendor/${name}.js`])),
    });
    context.header("Content-Security-Policy", contentSecurityPolicy(importMap));
    context.header("Cache-Control", "no-cache");
    const html = await readFile(new URL("index.html", PAGE), "utf8");
    return context.html(html.replace("<!-- import map -->", `<script type="importmap">${importMap}</script>`));
  });

  page.get("/page/vendor/*", async (context) => {
    const name = context.req.path.slice("/page/vendor/".length).replace(/\.js$/, "");
    const specifier = VENDORED[name];
    if (specifier === undefined) return context.notFound();
    const source = await readFile(fileURLToPath(import.meta.resolve(specifier)), "utf8");
    return context.body(source, 200, { "Content-Type": "text/javascript; charset=utf-8" });
  });

  page.get("/page/*", async (context) => {
    const path = context.req.path.slice("/page/".length);
    const contentType = CONTENT_TYPES[extname(path)];
    if (!PAGE_FILE.test(path) || contentType === undefined) return context.notFound();
    const source = await readFile(new URL(path, PAGE), "utf8").catch(() => undefined);
    if (source === undefined) return context.notFound();
    const body = /\.tsx?$/.test(path) ? stripTypes(path, source, modules) : source;
    return context.body(body, 200, { "Content-Type": contentType, "Cache-Control": "no-cache" });
  });

  return page;
}

function stripTypes(path: string, source: string, modules: Map<string, string>): string {
  const known = modules.get(source);
  if (known !== undefined) return known;
  const { code, errors } = transformSync(path, source, { jsx: { runtime: "automatic", importSource: "preact" } });
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  modules.set(source, code);
  return code;
}

/** Whatever a message says, it can run nothing here: scripts come from this origin only. */
function contentSecurityPolicy(importMap: string): string {
  const hash = createHash("sha256").update(importMap).digest("base64");
  return [
    "default-src 'self'",
    `script-src 'self' 'sha256-${hash}'`,
    "img-src * data:",
    "connect-src 'self' ws: wss:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

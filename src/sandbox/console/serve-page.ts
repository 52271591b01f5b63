import { createHash } from "node:crypto";
import { Hono } from "hono";
import { type Page, readPage, VENDORED } from "./read-page.ts";

/** `/` and what it loads. The files are read once, when the page is first asked for. */
export function servePage(): Hono {
  const routes = new Hono();
  let reading: Promise<Page> | undefined;
  const page = () => {
    reading ??= readPage();
    return reading;
  };

  routes.get("/", async (context) => {
    const { version, html } = await page();
    const base = `/page/${version}`;
    const importMap = JSON.stringify({
      imports: Object.fromEntries(VENDORED.map((name) => [name, `${base}/vendor/${name}.js`])),
    });
    context.header("Content-Security-Policy", contentSecurityPolicy(importMap));
    context.header("Cache-Control", "no-cache");
    return context.html(
      html
        .replaceAll('"/page/', `"${base}/`)
        .replace("<!-- import map -->", `<script type="importmap">${importMap}</script>`),
    );
  });

  routes.get("/page/*", async (context) => {
    const { version, files } = await page();
    const path = context.req.path.slice("/page/".length);
    const isVersioned = path.startsWith(`${version}/`);
    const file = files.get(isVersioned ? path.slice(version.length + 1) : path);
    if (file === undefined) return context.notFound();
    const cache = isVersioned ? "public, max-age=31536000, immutable" : "no-cache";
    return context.body(file.body, 200, { "Content-Type": file.contentType, "Cache-Control": cache });
  });

  return routes;
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

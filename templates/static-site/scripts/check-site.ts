import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

/** Every problem of a site, one a line: what a page must have, and links and files that are not there. */
export function checkSite(root: string): string[] {
  const pages = globSync("**/*.html", { cwd: root }).sort();
  if (!pages.includes("index.html")) return [`${root} has no index.html`];
  return pages.flatMap((page) => {
    const html = readFileSync(join(root, page), "utf8");
    return [...missingParts(html), ...brokenLinks(root, page, html)].map((problem) => `${page}: ${problem}`);
  });
}

function missingParts(html: string): string[] {
  const parts = [
    [/^<!doctype html>/i, "does not begin with <!doctype html>"],
    [/<html [^>]*lang="[^"]+"/i, "names no language: <html lang=\"en\">"],
    [/<meta charset="utf-8">/i, "has no <meta charset=\"utf-8\">"],
    [/<meta name="viewport"/i, "has no <meta name=\"viewport\">"],
    [/<title>[^<]+<\/title>/i, "has no <title>"],
  ] as const;
  return parts.filter(([part]) => !part.test(html)).map(([, problem]) => problem);
}

function brokenLinks(root: string, page: string, html: string): string[] {
  const targets = [...html.matchAll(/\s(?:href|src)="([^"]*)"/gi)].map(([, target]) => target ?? "");
  return targets.filter((target) => !leads(root, page, target)).map((target) => `leads to ${target}, which is not there`);
}

function leads(root: string, page: string, target: string): boolean {
  if (/^([a-z][a-z0-9+.-]*:|\/\/|#)/i.test(target)) return true;
  const [path = ""] = target.split(/[?#]/);
  const file = join(root, path.startsWith("/") ? "" : dirname(page), decodeURIComponent(path));
  return existsSync(statSync(file, { throwIfNoEntry: false })?.isDirectory() ? join(file, "index.html") : file);
}

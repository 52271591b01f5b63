import { readFileSync } from "node:fs";
import { access, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { environment } from "../../src/config/environment.ts";
import { HELP } from "../../src/sandbox/help.ts";
import { readFlags } from "../../src/sandbox/read-flags.ts";
import { scenarios } from "../../src/sandbox/scenarios/index.ts";
import { commands } from "../../src/slack/commands/index.ts";
import { type Page, ROOT, readPages } from "./read-pages.ts";

const pages = await readPages();
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");

describe("what the documents name is there", () => {
  it("links and pictures lead to files, and to headings in them", async () => {
    for (const page of pages)
      for (const target of linksOf(page)) {
        const [path = "", anchor] = target.split("#");
        const file = path === "" ? join(ROOT, page.path) : join(ROOT, dirname(page.path), path);
        await expect(access(file), `${page.path}: ${target}`).resolves.toBeUndefined();
        if (anchor !== undefined)
          expect(anchorsOf(await readFile(file, "utf8")), `${page.path}: ${target}`).toContain(anchor);
      }
  });

  it("files of the repository that are named are in it", async () => {
    for (const { path, text } of pages)
      for (const [, named = ""] of text.matchAll(
        /`((?:src|test|docs|manifests|scripts|templates|\.ci)\/[^`\s<>*…[]*)`/g,
      ))
        await expect(access(join(ROOT, named)), `${path}: ${named}`).resolves.toBeUndefined();
  });

  it("npm scripts that are named are in package.json", () => {
    for (const { path, text } of pages)
      for (const [, name = ""] of text.matchAll(/npm run ([a-z][\w:-]*)/g))
        expect(manifest.scripts, path).toHaveProperty([name]);
  });

  it("variables that are named are read by somebody, and each that the bot reads is in the guide", () => {
    const vantage = [...read("src/vantage/read-vantage-options.ts").matchAll(/^ {2}([A-Z_]+):/gm)].map(([, n]) => n);
    const others = ["HTTPS_PROXY", "NO_PROXY", "NODE_EXTRA_CA_CERTS"];
    const known = new Set([...Object.keys(environment.shape), ...vantage, ...others]);
    for (const { path, text } of pages)
      for (const [name] of text.matchAll(/\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b/g)) expect(known, path).toContain(name);
    for (const name of [...Object.keys(environment.shape), ...vantage])
      expect(read("docs/guide/configuration.md")).toContain(`\`${name}\``);
  });
});

describe("tables", () => {
  it("the README's commands are those of the bot", () => {
    const verbs = firstCells(read("README.md")).flatMap((cell) => /^`\/project (\w+)/.exec(cell)?.[1] ?? []);
    expect(verbs.toSorted()).toEqual(commands.map(({ verb }) => verb).toSorted());
  });

  it("the sandbox's flags are those that it reads, in the guide and in --help", () => {
    const options = [...read("src/sandbox/read-flags.ts").matchAll(/^ +"?([a-z-]+)"?: \{ type: "(\w+)"/gm)];
    const flags = options.map(([, name]) => `--${name}`).toSorted();
    expect(flags.length).toBeGreaterThan(10);
    expect(() => readFlags(["--no-such-flag"])).toThrow(/no-such-flag/);
    const guide = firstCells(read("docs/guide/sandbox.md")).flatMap((cell) => /^`(--[a-z-]+)/.exec(cell)?.[1] ?? []);
    expect(guide.toSorted()).toEqual(flags);
    const help = [...HELP.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, flag]) => flag);
    expect([...help, "--help"].toSorted()).toEqual(flags);
  });

  it("flags that stand alone in a sentence are the sandbox's", () => {
    const source = read("src/sandbox/read-flags.ts");
    for (const { path, text } of pages)
      for (const [, flag = ""] of text.matchAll(/`--([a-z-]+)[^`]*`/g)) expect(source, path).toMatch(`${flag}`);
  });

  it("the guide's scenarios are the sandbox's", () => {
    const names = firstCells(read("docs/guide/sandbox.md")).flatMap(
      (cell) => /^`([a-z]+(?:-[a-z]+)+)`$/.exec(cell)?.[1] ?? [],
    );
    expect(names.toSorted()).toEqual(scenarios.map(({ name }) => name).toSorted());
  });
});

function linksOf({ text }: Page): string[] {
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)|(?:src|srcset|href)="([^"]+)"/g)].map(
    ([, link, source]) => link ?? source,
  );
  return targets.flatMap((target) => (target === undefined || /^[a-z]+:/.test(target) ? [] : [target]));
}

/** As GitHub makes them of headings. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

function firstCells(text: string): string[] {
  return [...text.matchAll(/^\| (.*?) \|/gm)].map(([, cell = ""]) => cell);
}

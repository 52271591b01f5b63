import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { rules } from "../../src/diagnosis/rules/index.ts";
import { en } from "../../src/words/en/index.ts";

const source = await sourceOf([
  "src/steps",
  "src/facts",
  "src/controller",
  "src/cluster",
  "src/github",
  "src/template",
  "src/diagnosis",
  "src/doctor",
]);

describe("the catalogue of words", () => {
  test("has a sentence for every reason a step gives", () => {
    const reasons = new Set(
      [...source.matchAll(/reason: (?:\w+ \? )?"([A-Z][A-Za-z]+)"/g)].map(([, reason]) => reason ?? ""),
    );
    expect(reasons.size).toBeGreaterThan(20);
    expect(
      [...reasons].filter((reason) => !en.reasons[reason] && !en.preflight[reason] && !en.doctor.lines[reason]),
    ).toEqual([]);
  });

  test("has a sentence for whatever the doctor finds well or unknown, and uses each", () => {
    const told = new Set([...source.matchAll(/"([A-Z][A-Za-z]+)"/g)].map(([, reason]) => reason ?? ""));
    expect(Object.keys(en.doctor.lines).filter((reason) => !told.has(reason))).toEqual([]);
    for (const [reason, sentence] of Object.entries(en.doctor.lines))
      expect(sentence(every), reason).not.toMatch(/^$|undefined|NaN|\[object/);
    expect(Object.keys(en.doctor.impacts).filter((code) => !en.findings[code])).toEqual([]);
  });

  test("has title, cause, impact and fix for every code a finding or problem bears", () => {
    const codes = new Set([
      ...[...source.matchAll(/(?:code: |reason: |new Problem\(\s*(?:[^"(),]+ \? )?)"([a-z]+(?:-[a-z]+)+)"/g)].map(
        ([, code]) => code ?? "",
      ),
      ...rules.map(({ code }) => code),
    ]);
    const unseen = ["watch-expired", "slack-unreachable"];
    expect(codes.size).toBeGreaterThan(30);
    expect([...codes].filter((code) => !en.findings[code] && !unseen.includes(code))).toEqual([]);
  });

  test("says no sentence that shows a gap where a fact is missing", () => {
    for (const [code, words] of Object.entries(en.findings))
      for (const sentence of [words.title, words.cause, words.impact, words.fix]) {
        const said = sentence(every);
        expect(said, code).not.toMatch(/undefined|NaN|\[object/);
        expect(said, code).not.toBe("");
      }
  });

  test("says of a crash what its exit code means where the application did not choose it", () => {
    const cause = (exitCode: number) =>
      en.findings["pod-crashloop"]?.cause({ container: "app", restarts: 4, exitCode });
    expect(cause(139)).toBe("The container app has crashed 4 times. Its last exit code was 139: a segmentation fault.");
    expect(cause(3)).toBe("The container app has crashed 4 times. Its last exit code was 3.");
    expect(cause(-1)).toBe("The container app has crashed 4 times.");
  });

  test("ends every cause, impact and fix with a full stop, and no title", () => {
    for (const [code, { title, cause, impact, fix }] of Object.entries(en.findings)) {
      expect(title(every), code).not.toMatch(/\.$/);
      for (const sentence of [cause, impact, fix]) expect(sentence(every), code).toMatch(/\.$/);
    }
  });
});

/** Every fact that any sentence asks for. */
const every = new Proxy<Record<string, string | number>>({}, { get: (_, name) => String(name) });

async function sourceOf(folders: string[]): Promise<string> {
  const files = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(folder, { recursive: true }))
        .filter((file) => file.endsWith(".ts"))
        .map((file) => join(folder, file)),
    ),
  );
  return (await Promise.all(files.flat().map((file) => readFile(file, "utf8")))).join("\n");
}

import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readTemplates } from "../../src/template/read-templates.ts";
import { renderTemplate } from "../../src/template/render-template.ts";
import { rrr } from "./launch-variables.ts";

it("docs/guide/templates.md is true: its template.yaml is one, and each variable it lists can be used", async () => {
  const guide = await readFile(join(import.meta.dirname, "../../docs/guide/templates.md"), "utf8");
  const [, manifest = ""] = /```yaml\n(.*?)```/s.exec(guide) ?? [];
  const [, table = ""] = /\| variable .*?\n(.*?)\n\n/s.exec(guide) ?? [];
  const names = [...table.matchAll(/^\| (.*?) \|/gm)].flatMap(([, cell = ""]) =>
    [...cell.replace(/:.*/, "").matchAll(/`(\w+)`/g)].map(([, name = ""]) => name),
  );
  expect(names.toSorted()).toEqual(Object.keys(rrr).toSorted());

  const directory = await mkdtemp(join(tmpdir(), "guide-"));
  await mkdir(join(directory, "worker"));
  await writeFile(join(directory, "worker/template.yaml"), manifest);
  await writeFile(join(directory, "worker/all.txt"), [...names, "queue"].map((name) => `[[= ${name} =]]`).join("\n"));
  const [template] = await readTemplates([directory]);
  await rm(directory, { recursive: true });
  if (!template) throw new Error("no template");
  expect(renderTemplate(template, rrr).files.map(({ content }) => content)).toEqual([expect.stringMatching(/\njobs$/)]);
});

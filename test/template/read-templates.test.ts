import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readTemplates } from "../../src/template/read-templates.ts";
import { TemplateError } from "../../src/template/template-error.ts";

const builtIn = join(import.meta.dirname, "../../templates");
let team: string;

beforeEach(async () => {
  team = await mkdtemp(join(tmpdir(), "templates-"));
});
afterEach(() => rm(team, { recursive: true }));

async function write(files: Record<string, string>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(team, path)), { recursive: true });
    await writeFile(join(team, path), content);
  }
}

const manifest = (name: string) => `name: ${name}
title: Of the team
description: Made by the team
buildSeconds: 60
port: 8000
`;

describe("a team's own directory", () => {
  it("adds templates, and overrides those of the same name", async () => {
    await write({ "nextjs/template.yaml": manifest("nextjs"), "worker/template.yaml": manifest("worker") });
    const templates = await readTemplates([builtIn, team]);
    expect(templates.map(({ name, title }) => `${name}: ${title}`)).toEqual([
      "nextjs: Of the team",
      "node-service: Node.js service",
      "static-site: Static site",
      "worker: Of the team",
    ]);
  });

  it("may hold other things", async () => {
    await write({ "README.md": "ours", "docs/a.md": "", "worker/template.yaml": manifest("worker") });
    expect((await readTemplates([team])).map(({ name }) => name)).toEqual(["worker"]);
  });
});

it("reads what the manifest says, with its defaults", async () => {
  await write({ "worker/template.yaml": manifest("worker") });
  const [template] = await readTemplates([team]);
  expect(template).toEqual({
    name: "worker",
    title: "Of the team",
    description: "Made by the team",
    buildSeconds: 60,
    port: 8000,
    healthPath: "/healthz",
    variables: [],
    repeat: [],
    verbatim: [],
    directory: join(team, "worker"),
    files: [],
  });
});

it("reads files with their modes, but neither the manifest nor what git would ignore", async () => {
  await write({
    "worker/template.yaml": manifest("worker"),
    "worker/.gitignore": "node_modules/\n*.log\n!keep.log\n",
    "worker/.git/HEAD": "",
    "worker/node_modules/x/index.js": "",
    "worker/a.log": "",
    "worker/keep.log": "",
    "worker/src/template.yaml": "",
    "worker/run.sh": "#!/bin/sh\n",
  });
  await chmod(join(team, "worker/run.sh"), 0o755);
  const [template] = await readTemplates([team]);
  expect(template?.files.map(({ path, mode }) => `${mode} ${path}`)).toEqual([
    "100644 .gitignore",
    "100644 keep.log",
    "100755 run.sh",
    "100644 src/template.yaml",
  ]);
});

describe("what is no template", () => {
  const refusal = () =>
    readTemplates([team]).then(
      () => undefined,
      (error: unknown) => (error instanceof TemplateError ? error : undefined),
    );

  it("is refused with every problem of its manifest", async () => {
    await write({ "worker/template.yaml": "name: Worker\ntitle: x\nbuildSeconds: soon\nport: 80\nprot: 1\n" });
    const error = await refusal();
    expect(error).toMatchObject({ code: "template-invalid", file: join(team, "worker/template.yaml") });
    for (const problem of ["name", "description", "buildSeconds", "port", "prot"])
      expect(error?.reason).toContain(problem);
  });

  it("is refused when its directory has another name, or it is no YAML", async () => {
    await write({ "worker/template.yaml": manifest("walker") });
    expect((await refusal())?.reason).toBe("name is walker, but its directory is worker");
    await write({ "worker/template.yaml": "name: [" });
    expect(await refusal()).toMatchObject({ code: "template-invalid" });
  });

  it("is refused when it holds a link", async () => {
    await write({ "worker/template.yaml": manifest("worker") });
    await symlink("/etc/passwd", join(team, "worker/passwd"));
    expect(await refusal()).toMatchObject({ file: "worker/passwd" });
  });

  it("is refused when there is no such directory", async () => {
    await expect(readTemplates([join(team, "nowhere")])).rejects.toThrow("ENOENT");
  });
});

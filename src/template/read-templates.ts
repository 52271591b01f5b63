import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import ignore, { type Ignore } from "ignore";
import { parseDocument } from "yaml";
import { z } from "zod";
import type { Template, TemplateFile } from "./template.ts";
import { TemplateError } from "./template-error.ts";
import { type TemplateManifest, templateManifest } from "./template-manifest.ts";

const MANIFEST = "template.yaml";

/**
 * Every template of these directories, ordered by name. A directory with a template.yaml is a template; of two
 * of one name, the one in the later directory counts. What a template's own .gitignore names is no part of it
 * (it would not be in the project's repository either), so one that was built where it lies still reads the same.
 * @throws TemplateError `template-invalid` with every problem of a template.yaml
 */
export async function readTemplates(directories: string[]): Promise<Template[]> {
  const found = new Map<string, Template>();
  for (const directory of directories) {
    for (const entry of await readdir(directory, { withFileTypes: true })) {
      const own = join(directory, entry.name);
      if (!(await isFile(join(own, MANIFEST)))) continue;
      const template = await readTemplate(own);
      found.set(template.name, template);
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function readTemplate(directory: string): Promise<Template> {
  const manifest = await readManifest(directory);
  const ignored = ignore().add([".git", `/${MANIFEST}`]);
  const gitignore = join(directory, ".gitignore");
  if (await isFile(gitignore)) ignored.add(await readFile(gitignore, "utf8"));
  const files = await readFiles(directory, "", ignored, manifest.name);
  return { ...manifest, directory, files: files.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

async function readManifest(directory: string): Promise<TemplateManifest> {
  const name = basename(directory);
  const document = parseDocument(await readFile(join(directory, MANIFEST), "utf8"));
  const parsed = templateManifest.safeParse(document.errors.length > 0 ? undefined : document.toJS());
  const problems = [
    ...document.errors.map((error) => error.message),
    ...(document.errors.length === 0 && parsed.error ? [z.prettifyError(parsed.error)] : []),
    ...(parsed.data && parsed.data.name !== name ? [`name is ${parsed.data.name}, but its directory is ${name}`] : []),
  ];
  if (parsed.success && problems.length === 0) return parsed.data;
  throw new TemplateError("template-invalid", {
    file: join(directory, MANIFEST),
    reason: problems.join("\n"),
    fix: "correct template.yaml",
  });
}

async function readFiles(root: string, below: string, ignored: Ignore, template: string): Promise<TemplateFile[]> {
  const files: TemplateFile[] = [];
  for (const entry of await readdir(join(root, below), { withFileTypes: true })) {
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    if (ignored.ignores(entry.isDirectory() ? `${path}/` : path)) continue;
    if (entry.isDirectory()) files.push(...(await readFiles(root, path, ignored, template)));
    else if (entry.isFile()) files.push(await readTemplateFile(root, path));
    else {
      throw new TemplateError("template-invalid", {
        file: `${template}/${path}`,
        reason: "is neither a file nor a directory",
        fix: "put the file itself there instead of a link",
      });
    }
  }
  return files;
}

async function readTemplateFile(root: string, path: string): Promise<TemplateFile> {
  const file = join(root, path);
  const [content, { mode }] = await Promise.all([readFile(file), stat(file)]);
  return { path, content, mode: mode & 0o100 ? "100755" : "100644" };
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

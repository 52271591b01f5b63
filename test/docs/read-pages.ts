import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";

export const ROOT = join(import.meta.dirname, "../..");

export interface Page {
  /** From the repository's root. */
  path: string;
  text: string;
  fences: Fence[];
}

export interface Fence {
  language: string;
  lines: string[];
  /** The `text` fence that follows: what a command's output has, in this order; `…` stands for anything. */
  output: string[];
}

/** README, CONTRIBUTING and everything in docs. */
export async function readPages(): Promise<Page[]> {
  const docs = await readdir(join(ROOT, "docs"), { recursive: true });
  const paths = ["README.md", "CONTRIBUTING.md", ...docs.map((name) => join("docs", name))];
  return Promise.all(
    paths
      .filter((path) => path.endsWith(".md"))
      .map(async (path) => {
        const text = await readFile(join(ROOT, path), "utf8");
        return { path: relative(ROOT, join(ROOT, path)), text, fences: fencesOf(text) };
      }),
  );
}

function fencesOf(text: string): Fence[] {
  const fences: Fence[] = [];
  for (const [, indent = "", language = "", body = ""] of text.matchAll(/^( *)```(\w*)\n(.*?)^ *```$/gms)) {
    const lines = body
      .split("\n")
      .map((line) => line.slice(indent.length))
      .filter((line) => line !== "");
    const before = fences.at(-1);
    if (language === "text" && before?.language === "sh") before.output = lines;
    else fences.push({ language, lines, output: [] });
  }
  return fences;
}

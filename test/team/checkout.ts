import { execFile } from "node:child_process";
import { appendFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface Push {
  title: string;
  sha: string;
  /** As people name a commit. */
  short: string;
  /** As its image is tagged. */
  tag: string;
}

/** A clone on somebody's machine. */
export interface Checkout {
  git(...args: string[]): Promise<string>;
  write(file: string, text: string): Promise<void>;
  /** Throws where nothing would change, so that a template that was changed does not make a case say nothing. */
  edit(file: string, change: (text: string) => string): Promise<void>;
  remove(path: string): Promise<void>;
  /** A line of code: what there is to build. */
  code(): Promise<void>;
  /** All that was changed; where nothing was, a line of code is. */
  commit(title: string): Promise<Push>;
  /** Commits, and pushes to `branch`. */
  push(title: string, branch?: string): Promise<Push>;
  head(): Promise<Push>;
}

export async function checkout(url: string, directory: string): Promise<Checkout> {
  await run("git", ["clone", "--quiet", url, directory]);
  const git = async (...args: string[]) => {
    const who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"];
    return (await run("git", ["-C", directory, ...who, ...args])).stdout.trim();
  };
  const head = async () => {
    const [sha = "", title = ""] = (await git("log", "-1", "--format=%H%n%s")).split("\n");
    return { title, sha, short: sha.slice(0, 7), tag: sha.slice(0, 12) };
  };
  const code = () => appendFile(join(directory, "src/main.ts"), `// ${new Date().toISOString()}\n`);
  const commit = async (title: string) => {
    if ((await git("status", "--porcelain")) === "") await code();
    await git("add", "--all");
    await git("commit", "--quiet", "--message", title);
    return await head();
  };
  return {
    git,
    head,
    code,
    async write(file, text) {
      await mkdir(dirname(join(directory, file)), { recursive: true });
      await writeFile(join(directory, file), text);
    },
    async edit(file, change) {
      const before = await readFile(join(directory, file), "utf8");
      const after = change(before);
      if (after === before) throw new Error(`nothing to change in ${file}`);
      await writeFile(join(directory, file), after);
    },
    remove: (path) => rm(join(directory, path), { recursive: true }),
    commit,
    async push(title, branch = "main") {
      const made = await commit(title);
      await git("push", "--quiet", "origin", `HEAD:${branch}`);
      return made;
    },
  };
}

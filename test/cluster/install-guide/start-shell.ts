import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

export interface Shell {
  /** What a line prints; rejects with it where the line fails. */
  run(line: string): Promise<string[]>;
  close(): Promise<void>;
}

/** A bash in which line after line is typed: what one exports the next one has. */
export function startShell(cwd: string, env: NodeJS.ProcessEnv): Shell {
  const child = spawn("bash", ["--noprofile", "--norc"], { cwd, env, stdio: ["pipe", "pipe", "ignore"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  child.stdin.write("exec 2>&1; set -o pipefail\n");

  return {
    async run(line) {
      child.stdin.write(`{ ${line}\n} </dev/null; printf '\\n== %s\\n' $?\n`);
      const printed: string[] = [];
      for (;;) {
        const { value, done } = await lines.next();
        if (done) throw new Error(`the shell has ended at: ${line}`);
        const [, status] = /^== (\d+)$/.exec(value) ?? [];
        if (status === undefined) printed.push(value);
        else if (status === "0") return printed;
        else throw new Error(`exit code ${status}\n$ ${line}\n${printed.join("\n")}`);
      }
    },
    async close() {
      child.stdin.end();
      if (child.exitCode === null) await once(child, "exit");
    },
  };
}

import { access } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { readFlags } from "../../src/sandbox/read-flags.ts";
import { scenarios } from "../../src/sandbox/scenarios/index.ts";
import { ROOT, readPages } from "./read-pages.ts";
import { runSandbox } from "./run-sandbox.ts";
import { wordsOf } from "./words-of.ts";

const pages = await readPages();
const examples = pages.flatMap(({ path, fences }) => fences.map((fence) => ({ path, ...fence })));
const PATIENCE = 120_000;

describe("examples that are run (sh)", () => {
  const lines = examples
    .filter(({ language }) => language === "sh")
    .flatMap(({ path, lines, output }) => lines.map((line) => ({ path, line, output })));

  it("are npm's commands alone, and the scripts they name are there", async () => {
    expect(lines.length).toBeGreaterThan(5);
    for (const { line, path } of lines)
      for (const [program, verb = "", name = ""] of line.split(" && ").map(wordsOf)) {
        expect(program, `${path}: ${line}`).toBe("npm");
        if (verb === "ci") await access(join(ROOT, "package-lock.json"));
        else expect(manifest.scripts, `${path}: ${line}`).toHaveProperty([verb === "run" ? name : verb]);
      }
  });

  const runs = new Map<string, { args: string[]; output: string[]; path: string }>();
  for (const { path, line, output } of lines)
    for (const command of line.split(" && ").filter((each) => each.startsWith("npm run sandbox"))) {
      const before = runs.get(command);
      if (!before || before.output.length === 0) runs.set(command, { args: wordsOf(command).slice(4), output, path });
    }

  for (const [command, { args, output, path }] of runs)
    it.concurrent(
      `${path}: ${command}`,
      async () => {
        const flags = readFlags(args);
        const ran = await runSandbox(args);
        let rest = ran.output.split("\n");
        for (const line of output) {
          const at = rest.findIndex((each) => asPattern(line).test(each));
          expect(at, `no line "${line}" in what is left of:\n${ran.output}`).toBeGreaterThanOrEqual(0);
          rest = rest.slice(at + 1);
        }
        const fails = flags.scenarios.includes("build-fails");
        const stays = flags.run.length === 0 && !flags.help && !flags.scenarios.includes("list");
        expect(ran.exitCode, ran.output).toBe(stays ? 130 : fails ? 1 : 0);
        if (stays) expect(ran.page).toMatchObject({ status: 200, text: expect.stringMatching(/<html/i) });
      },
      PATIENCE,
    );
});

describe("examples that need a real world (console)", () => {
  const commands = examples
    .filter(({ language }) => language === "console")
    .flatMap(({ path, lines }) => lines.map((line) => ({ path, line })))
    .filter(({ line }) => line.startsWith("$ "))
    .flatMap(({ path, line }) =>
      line
        .slice(2)
        .split(" && ")
        .map((command) => ({ path, command })),
    );

  it("name scripts, flags, scenarios and files that are there", async () => {
    expect(commands.length).toBeGreaterThan(5);
    for (const { path, command } of commands) {
      const words = wordsOf(command).filter((word) => !/^[A-Z_]+=/.test(word));
      const [program, verb = "", name = ""] = words;
      if (program === "npm" && verb !== "ci") {
        expect(manifest.scripts, `${path}: ${command}`).toHaveProperty([verb === "run" ? name : verb]);
        if (name === "sandbox") {
          const flags = readFlags(words.slice(4));
          for (const each of flags.scenarios) expect(scenarios.map((scenario) => scenario.name)).toContain(each);
        }
      } else if (program === "node") await access(join(ROOT, verb));
      else if (words.includes("-k")) {
        await access(join(ROOT, words[words.indexOf("-k") + 1] ?? "", "kustomization.yaml"));
      } else
        expect(["npm", "kubectl", "export", "curl", "docker", "git", "cp", "sed"], `${path}: ${command}`).toContain(
          program,
        );
    }
  });

  it("name fences of no other kind than are checked", () => {
    expect(new Set(examples.map(({ language }) => language))).toEqual(new Set(["sh", "console", "yaml"]));
  });
});

function asPattern(line: string): RegExp {
  return new RegExp(`^${line.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll("…", ".*")}`);
}

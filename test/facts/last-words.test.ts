import { describe, expect, test } from "vitest";
import { diagnose } from "../../src/diagnosis/diagnose.ts";
import { rules } from "../../src/diagnosis/rules/index.ts";
import { lastWords } from "../../src/facts/last-words.ts";
import { environment, facts } from "../builders/facts.ts";
import { project } from "../builders/project.ts";
import { settings } from "../builders/settings.ts";
import { podWith, rolling } from "../builders/workloads.ts";

const node = `file:///app/server.js:3
throw new Error("DATABASE_URL is not set");
      ^

Error: DATABASE_URL is not set
    at file:///app/server.js:3:7
    at ModuleJob.run (node:internal/modules/esm/module_job:345:25)

Node.js v24.1.0
`;
const go = "panic: no route to db\n\ngoroutine 1 [running]:\nmain.main()\n\t/app/main.go:12 +0x1d\n";
const python = `Traceback (most recent call last):
  File "/app/main.py", line 1, in <module>
    import flask
ModuleNotFoundError: No module named 'flask'
`;
const key = "error: bad key\nAAAAB3NzaC1yc2EAAAADAQABAAABgQ\n-----END RSA PRIVATE KEY-----\n";

describe("the last words of a container that crashed", () => {
  test.each<[string, string, string]>([
    ["are the error, of Node.js", node, "Error: DATABASE_URL is not set"],
    ["are the panic, of Go", go, "panic: no route to db"],
    ["are the exception, of Python", python, "ModuleNotFoundError: No module named 'flask'"],
    ["are the very last line where none looks like a reason", "Ready\nBye\n", "Bye"],
    ["are without colours", "\u001b[31mError: broken\u001b[0m\n", "Error: broken"],
    ["are without a token", `error: 401 for ghp_${"x".repeat(36)}\n`, "error: 401 for ***"],
    [
      "are without a password in a URL",
      "error: postgres://app:hunter2@db/app refused\n",
      "error: postgres://***@db/app refused",
    ],
    ["are without a key whose beginning was cut off", key, "***"],
    ["are none where it wrote nothing", "\n", ""],
  ])("%s", (_, written, said) => expect(lastWords(written)).toBe(said));

  const crashed = (terminated: object) => {
    const state = { waiting: { reason: "CrashLoopBackOff", message: "back-off 40s" } };
    const pod = podWith({ app: { status: { restartCount: 3, state, lastState: { terminated } } } });
    const seen = facts({ environments: [environment({ objects: rolling([pod]) })] });
    const [finding] = diagnose(rules, { project: project(), settings: settings(), facts: seen }).findings;
    return finding;
  };

  test("are the evidence; without any, how it ended is", () => {
    const finding = crashed({ exitCode: 1, reason: "Error", message: node });
    expect(finding).toMatchObject({ code: "pod-crashloop", evidence: "Error: DATABASE_URL is not set" });
    expect(crashed({ exitCode: 139, reason: "Error" })?.evidence).toBe("exit code 139, 3 restarts");
    expect(crashed({ exitCode: 137, reason: "OOMKilled", message: "GET / 200\n" })?.evidence).toBe(
      "exit code 137, 3 restarts",
    );
    expect(crashed({ exitCode: 1, reason: "Error", message: `error: ${"x".repeat(2000)}` })?.evidence).toHaveLength(
      300,
    );
  });
});

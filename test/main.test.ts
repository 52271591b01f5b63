import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);
const MAIN = fileURLToPath(new URL("../src/main.ts", import.meta.url));

/** How a start without any configuration ends. */
async function started(args: string[], env: Record<string, string> = {}) {
  try {
    await run(process.execPath, [MAIN, ...args], { env: { PATH: process.env.PATH, ...env } });
    return { code: 0, said: "" };
  } catch (error) {
    const { code, stderr } = error as { code: number; stderr: string }; // as execFile rejects
    return { code, said: stderr };
  }
}

test("without configuration every missing value is named at once, and the exit code is 78", async () => {
  const { code, said } = await started([]);
  expect(code).toBe(78);
  for (const name of ["SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "GITHUB_TOKEN", "GITHUB_OWNER"])
    expect(said).toContain(name);
  expect(said).not.toMatch(/\bat .*\.ts:/);
});

test("a value that is wrong is told without being shown", async () => {
  const { code, said } = await started([], { SLACK_BOT_TOKEN: "hunter2-but-not-a-token" });
  expect(code).toBe(78);
  expect(said).toContain("SLACK_BOT_TOKEN");
  expect(said).not.toContain("hunter2");
});

test("an access file that is wrong is told with its line, by the exit code of a wrong configuration", async () => {
  const directory = await mkdtemp(join(tmpdir(), "access-"));
  const file = join(directory, "access.yaml");
  await writeFile(file, "default: viewer\nrules:\n  - role: boss\n    users: [U0ADA]\n");
  const env = {
    SLACK_BOT_TOKEN: "xoxb-1",
    SLACK_APP_TOKEN: "xapp-1",
    GITHUB_TOKEN: "ghp_1",
    GITHUB_OWNER: "acme",
    BASE_DOMAIN: "example.com",
  };
  const { code, said } = await started([], { ...env, ACCESS_FILE: file });
  expect(said).toContain(`ACCESS_FILE ${file} cannot be used: line 3, rules[0].role: must be viewer`);
  expect(code).toBe(78);
  const gone = await started([], { ...env, ACCESS_FILE: join(directory, "gone.yaml") });
  expect(gone.said).toContain("ENOENT");
  expect(gone.code).toBe(78);
  await rm(directory, { recursive: true });
});

test("the vantage's configuration is checked the same way", async () => {
  const { code, said } = await started(["vantage"]);
  expect(code).toBe(78);
  expect(said).toContain("VANTAGE_SECRET");
});

test("the doctor reads the bot's configuration, and of what is missing there says the same", async () => {
  const { code, said } = await started(["doctor"]);
  expect(code).toBe(78);
  expect(said).toContain("SLACK_BOT_TOKEN");
});

test("a verb that does not exist is refused with those that do", async () => {
  const { code, said } = await started(["lanch"]);
  expect(code).toBe(64);
  expect(said).toContain("slipway vantage");
  expect(said).toContain("slipway doctor [NAME]");
  expect((await started(["doctor", "rrr", "sss"])).code).toBe(64);
});

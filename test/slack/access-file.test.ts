import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { watchAccessFile } from "../../src/slack/access/watch-access-file.ts";
import { silent } from "./start-bot.ts";

const EVERY_MS = 5;
const ADMIN = "rules: [{ role: admin, users: [U0ADA] }]";

/** A directory as the kubelet mounts a ConfigMap: the file is a link into `..data`, which is a link that is swapped. */
async function mounted(text: string) {
  const directory = await mkdtemp(join(tmpdir(), "access-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  let version = 0;
  async function swap(next: string) {
    version += 1;
    await mkdir(join(directory, `..${version}`));
    await writeFile(join(directory, `..${version}`, "access.yaml"), next);
    await symlink(`..${version}`, join(directory, "..data_tmp"));
    await rename(join(directory, "..data_tmp"), join(directory, "..data"));
    await rm(join(directory, `..${version - 1}`), { recursive: true, force: true });
  }
  await swap(text);
  const path = join(directory, "access.yaml");
  await symlink("..data/access.yaml", path);
  return { path, swap };
}

async function watched(path: string) {
  const log = { ...silent, info: vi.fn(), error: vi.fn() };
  const file = await watchAccessFile(path, log, EVERY_MS);
  onTestFinished(file.stop);
  return { ...file, log };
}

test("a ConfigMap's change counts without a restart, and once more", async () => {
  const { path, swap } = await mounted("default: viewer");
  const file = await watched(path);
  expect(file.rules()).toEqual({ default: "viewer", rules: [] });
  await swap(ADMIN);
  await vi.waitFor(() => expect(file.rules().rules).toHaveLength(1));
  await swap("default: none");
  await vi.waitFor(() => expect(file.rules()).toEqual({ default: "none", rules: [] }));
  expect(file.state()).toEqual({ file: path, rules: 0, problem: undefined });
});

test("a file that is wrong changes nobody's rights; it is told in the log once, and over when it is corrected", async () => {
  const { path, swap } = await mounted(ADMIN);
  const file = await watched(path);
  await swap("default: viewer\nrules: [{ role: boss, users: [U0ADA] }]");
  await vi.waitFor(() =>
    expect(file.state().problem).toBe("line 2, rules[0].role: must be viewer, developer or admin"),
  );
  expect(file.rules().rules).toMatchObject([{ role: "admin", users: ["U0ADA"] }]);
  await swap("default: viewer");
  await vi.waitFor(() => expect(file.state().problem).toBeUndefined());
  expect(file.rules()).toEqual({ default: "viewer", rules: [] });
  expect(file.log.error).toHaveBeenCalledTimes(1);
});

test("a file that has gone leaves the rules as they were", async () => {
  const { path } = await mounted(ADMIN);
  const file = await watched(path);
  await rm(path);
  await vi.waitFor(() => expect(file.state().problem).toContain("ENOENT"));
  expect(file.rules().rules).toHaveLength(1);
});

test("what is being written does not count before it stays as it is", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const texts = [ADMIN, "", "default: none", "default: none"];
  const { rules, stop } = await watchAccessFile("access.yaml", silent, EVERY_MS, async () => texts.shift() ?? "");
  onTestFinished(stop);
  const seen = [];
  for (let look = 0; look < 3; look += 1) {
    await vi.advanceTimersByTimeAsync(EVERY_MS);
    seen.push(rules().default);
  }
  expect(seen).toEqual(["developer", "developer", "none"]);
});

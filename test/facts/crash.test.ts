import { describe, expect, test } from "vitest";
import { crashOf } from "../../src/facts/crash.ts";
import type { Container } from "../../src/facts/pod.ts";

const ended = { exitCode: 1, reason: "Error", message: "" };
const backOff = {
  is: "waiting" as const,
  reason: "CrashLoopBackOff",
  message: "back-off 40s restarting failed container",
};
const container = (given: Partial<Container>): Container => ({
  ...{ name: "app", role: "app", image: "x:1", ready: false, restarts: 3, state: backOff, last: ended },
  ...given,
});

describe("a container", () => {
  test.each<[string, Partial<Container>, boolean]>([
    [
      "starts",
      { restarts: 0, state: { is: "waiting", reason: "ContainerCreating", message: "" }, last: undefined },
      false,
    ],
    ["crashed twice: perhaps a slow start", { restarts: 2 }, false],
    ["crashed three times", {}, true],
    ["runs for a moment between two crashes", { restarts: 4, state: { is: "running" } }, true],
    ["has just crashed once more", { restarts: 4, state: { is: "terminated", ...ended }, last: undefined }, true],
    ["crashed long ago and is ready", { restarts: 9, ready: true, state: { is: "running" } }, false],
    ["runs and never crashed", { restarts: 0, state: { is: "running" }, last: undefined }, false],
    ["cannot pull its image after crashes", { state: { is: "waiting", reason: "ErrImagePull", message: "" } }, false],
    ["ends well and is started again for ever", { last: { exitCode: 0, reason: "Completed", message: "" } }, true],
    [
      "came before the application and succeeded at last",
      { role: "init", state: { is: "terminated", exitCode: 0, reason: "Completed", message: "" } },
      false,
    ],
    ["comes before the application and fails", { role: "init" }, true],
    ["stays beside the application and fails", { role: "sidecar" }, true],
    ["nothing is told of", { restarts: 0, state: { is: "unknown" }, last: undefined }, false],
  ])("that %s", (_, given, crashes) => expect(crashOf(container(given)) !== undefined).toBe(crashes));

  test.each<[string, Partial<Container>, string, boolean]>([
    [
      "by its last words",
      { last: { ...ended, message: "ready\nError: no DATABASE_URL\n" } },
      "Error: no DATABASE_URL",
      false,
    ],
    ["by how it ended", {}, "exit code 1, 3 restarts", false],
    ["by the kubelet's words where it does not say how it ended", { last: undefined }, backOff.message, false],
    [
      "by its memory's end",
      { last: { exitCode: 137, reason: "OOMKilled", message: "GET / 200" } },
      "exit code 137, 3 restarts",
      true,
    ],
    [
      "by its newest end, not the one before",
      {
        state: { is: "terminated", exitCode: 2, reason: "Error", message: "panic: b" },
        last: { ...ended, message: "panic: a" },
      },
      "panic: b",
      false,
    ],
  ])("that crashes tells it %s", (_, given, evidence, outOfMemory) =>
    expect(crashOf(container(given))).toMatchObject({ evidence, outOfMemory }),
  );
});

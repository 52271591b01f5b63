import { expect, onTestFinished, test, vi } from "vitest";
import { createGlances } from "../../src/start/create-glances.ts";

const silent = () => {};
const log = { debug: silent, info: silent, warn: silent, error: silent };

function glancing(glance: (project: string) => Promise<boolean>) {
  const passes: string[] = [];
  const glances = createGlances({
    glance,
    enqueue: (project) => void passes.push(project),
    workers: 2,
    now: () => new Date(),
    log,
  });
  onTestFinished(() => glances.pause());
  return { glances, passes };
}

test("what changed is glanced at, and then its pass comes, whatever the glance saw", async () => {
  const seen: string[] = [];
  const { glances, passes } = glancing(async (project) => {
    seen.push(project);
    expect(passes).toEqual([]);
    if (project === "broken") throw new Error("no answer");
    return false;
  });
  glances.hint("broken");
  await vi.waitFor(() => expect(passes).toEqual(["broken"]));
  expect(seen).toEqual(["broken"]);
});

test("a glance that hangs does not keep a pass from coming", async () => {
  const { glances, passes } = glancing(() => new Promise(() => {}));
  glances.hint("slow");
  await vi.waitFor(() => expect(passes).toEqual(["slow"]), 2_000);
});

test("what nothing hints at gets a pass of its own only where the glance told something", async () => {
  const { glances, passes } = glancing(async (project) => project === "faulty");
  for (const project of ["well", "faulty", "fine"]) glances.due(project);
  await vi.waitFor(() => expect(passes).toEqual(["faulty"]));
});

test("one that does not lead glances at nothing, and asks for no pass", async () => {
  const seen: string[] = [];
  const { glances, passes } = glancing(async (project) => {
    seen.push(project);
    return true;
  });
  glances.pause();
  glances.hint("late");
  glances.due("late");
  glances.resume();
  glances.hint("now");
  await vi.waitFor(() => expect(passes).toEqual(["now"]));
  expect(seen).toEqual(["now"]);
});

import { describe, expect, test } from "vitest";
import { forgettableWishes } from "../../src/controller/forgettable-wishes.ts";
import { hearWishes } from "../../src/controller/hear-wishes.ts";
import type { Project, ProjectStatus } from "../../src/project/project.ts";
import { projectStatus } from "../../src/project/status.ts";
import type { Wish } from "../../src/project/wish.ts";
import { moveOf, WISHES, type WishKind } from "../../src/project/wishes.ts";
import { wish } from "../builders/wish.ts";
import { aProject } from "../slack/a-project.ts";

const PHASES = projectStatus.shape.phase.unwrap().options;
const KINDS = Object.keys(WISHES) as WishKind[];

function at(second: number): string {
  return new Date(Date.UTC(2026, 2, 1, 10, 0, second)).toISOString();
}

describe("a wish", () => {
  test("leads where its line says, and nowhere else", () => {
    const table = KINDS.map(
      (kind) => `${kind}: ${PHASES.map((phase) => `${phase} ${moveOf(kind, status(phase)) ?? "—"}`).join(", ")}`,
    );
    expect(table.join("\n")).toMatchInlineSnapshot(`
      "create: Requested Launching, Refused —, Launching —, Live —, Failed —, Cancelled —, Kept —, Removing —, Removed —
      retry: Requested —, Refused —, Launching —, Live —, Failed Launching, Cancelled Launching, Kept Launching, Removing —, Removed —
      cancel: Requested Cancelled, Refused —, Launching Cancelled, Live —, Failed —, Cancelled —, Kept —, Removing —, Removed —
      keep: Requested —, Refused —, Launching —, Live —, Failed Kept, Cancelled Kept, Kept —, Removing —, Removed —
      undo: Requested Removing, Refused —, Launching Removing, Live —, Failed Removing, Cancelled Removing, Kept Removing, Removing Removing, Removed —
      remove: Requested Removing, Refused —, Launching Removing, Live Removing, Failed Removing, Cancelled Removing, Kept Removing, Removing Removing, Removed —
      pin: Requested —, Refused —, Launching —, Live Live, Failed —, Cancelled —, Kept —, Removing —, Removed —
      check: Requested —, Refused —, Launching Launching, Live Live, Failed Failed, Cancelled Cancelled, Kept Kept, Removing —, Removed —
      unpin: Requested —, Refused —, Launching —, Live Live, Failed —, Cancelled —, Kept —, Removing —, Removed —"
    `);
  });

  test.each(KINDS)("to %s that leads nowhere is handled and changes nothing", (kind) => {
    for (const phase of PHASES.filter((each) => moveOf(kind, status(each)) === undefined)) {
      const heard = hearWishes(project([wish(kind)], { phase }));
      expect(heard).toMatchObject({ wishes: [], status: { phase, handled: ["1"] } });
    }
  });

  test("of the same kind as another takes nothing from it: each is heard, in the order of their wishing", () => {
    const later = wish("retry", { id: "b", by: "U2", at: at(2) });
    const heard = hearWishes(project([later, wish("retry", { id: "a", at: at(1) })], { phase: "Failed" }));
    expect(heard.wishes.map(({ id }) => id)).toEqual(["a"]);
    const both = hearWishes(
      project([wish("cancel", { id: "c", at: at(3) }), wish("retry", { id: "a", at: at(1) }), later], {
        phase: "Failed",
      }),
    );
    expect(both.wishes.map(({ id }) => id)).toEqual(["a", "c"]);
    expect(both.status).toMatchObject({ phase: "Cancelled", handled: ["a", "b", "c"] });
  });

  test("of a kind that this version does not know is left standing, for the one that does", () => {
    const given = project([wish("retry")], { phase: "Failed" });
    const spec = {
      ...given.spec,
      wishes: { ...given.spec.wishes, "2": { kind: "clone", params: {}, by: "U1", at: at(9) } },
    };
    expect(hearWishes({ ...given, spec }).status.handled).toEqual(["1"]);
  });

  test("is not heard twice while it stands, however many came after it", () => {
    const standing = Array.from({ length: 60 }, (_, n) => wish("keep", { id: `w${n}`, at: at(n) }));
    const once = hearWishes(project(standing, { phase: "Failed" }));
    const again = hearWishes(project(standing, { ...once.status, phase: "Failed" }));
    expect(again.wishes).toEqual([]);
    expect(again.status.handled).toHaveLength(60);
  });
});

describe("wishes that were heard", () => {
  const many = (n: number) => Array.from({ length: n }, (_, i) => wish("retry", { id: `w${i}`, at: at(i) }));

  test("are taken out once there are many, but for the newest of a kind and what is still to be heard", () => {
    const wishes = [...many(30), wish("cancel", { id: "c", at: at(40) })];
    const handled = wishes.map(({ id }) => id).filter((id) => id !== "w3");
    const over = forgettableWishes(project(wishes, { handled }));
    expect(over).toHaveLength(28);
    for (const kept of ["w3", "w29", "c"]) expect(over).not.toContain(kept);
  });

  test("are left while there are few, so that no press costs a second write", () => {
    const wishes = many(8);
    expect(forgettableWishes(project(wishes, { handled: wishes.map(({ id }) => id) }))).toEqual([]);
  });
});

function status(phase: ProjectStatus["phase"]): ProjectStatus {
  return aProject({ status: { phase } }).status;
}

function project(wishes: readonly Wish[], given: Partial<ProjectStatus> = {}): Project {
  return aProject({ wishes, status: given });
}

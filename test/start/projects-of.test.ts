import { expect, test } from "vitest";
import { projectsOf } from "../../src/start/projects-of.ts";
import { project } from "../builders/project.ts";

test("a webhook's repository is a project's whatever its letters' case, and nobody else's is", () => {
  const projects = [project(), project({ name: "other" }), { ...project({ name: "odd" }), spec: { owner: 7 } }];
  expect(projectsOf({ owner: "Acme", name: "RRR" }, projects)).toEqual(["rrr"]);
  expect(projectsOf({ owner: "somebody", name: "rrr" }, projects)).toEqual([]);
});

import { expect, test } from "vitest";
import { trim } from "../../src/cluster/trim.ts";
import { project as reading } from "../../src/evidence/project.ts";
import { trackedOf } from "../../src/start/tracked-of.ts";
import { NOW, project } from "../builders/project.ts";

const deploy = { sha: "a", tag: "a", author: "", title: "", url: "", startedAt: NOW.toISOString(), stages: [] };
const watched = (raw: unknown) => trim(reading, raw);

test("of what the watch keeps of a Project it can be told whether it is under way, and whether GitHub tells of it", () => {
  const repository = { id: 1, url: "", cloneUrl: "", defaultBranch: "main", hookId: 7 };
  const objects = [
    watched(project({ name: "deploying", status: { phase: "Live", deploys: [{ ...deploy, state: "running" }] } })),
    watched(project({ name: "live", status: { phase: "Live", deploys: [{ ...deploy, state: "live" }] } })),
    watched(project({ name: "told", status: { phase: "Live", repository: { ...repository, hookPinged: true } } })),
    watched({ apiVersion: "slipway.dev/v1alpha1", kind: "Project", metadata: { name: "new" } }),
  ];
  expect(trackedOf(objects)).toEqual([
    { metadata: { name: "deploying" }, status: { phase: "Live", deploys: [{ state: "running" }] } },
    { metadata: { name: "live" }, status: { phase: "Live", deploys: [{ state: "live" }] } },
    { metadata: { name: "told" }, status: { phase: "Live", deploys: [], repository: { hookPinged: true } } },
    { metadata: { name: "new" }, status: { phase: "Requested", deploys: [] } },
  ]);
});

test("one of a later version's words is left out, and hides no other", () => {
  const odd = {
    apiVersion: "slipway.dev/v1alpha1",
    kind: "Project",
    metadata: { name: "odd" },
    status: { phase: "?" },
  };
  expect(trackedOf([watched(odd), watched(project())]).map(({ metadata }) => metadata.name)).toEqual(["rrr"]);
});

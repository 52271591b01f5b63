import { describe, expect, test } from "vitest";
import { readProject } from "../../src/project/read-project.ts";
import { fault } from "../../src/words/en/fault.ts";
import { NOW, project } from "../builders/project.ts";

const stored = (status: object, spec: object = {}) => {
  const { spec: own, status: _, ...rest } = project();
  return { ...rest, spec: { ...own, ...spec }, status };
};
const AT = NOW.toISOString();

describe("a stored Project", () => {
  test("is read where nothing is wrong with it, whatever it holds beside", () => {
    const read = readProject("rrr", stored({ phase: "Live", later: { written: "by a later version" } }));
    expect(read).toMatchObject({ ok: true, project: { status: { later: { written: "by a later version" } } } });
  });

  test.each<[object, object, string]>([
    [
      { phase: "Paused" },
      {},
      "status.phase should be Requested, Refused, Launching, Live, Failed, Cancelled, Kept, Removing or Removed",
    ],
    [{ url: 7 }, {}, "status.url should be text"],
    [{ deploys: {} }, {}, "status.deploys should be a list"],
    [{ deploys: [{ sha: "a", tag: "a", startedAt: AT, stages: [] }] }, {}, "status.deploys[0].state is missing"],
    [{ launch: { startedAt: "yesterday" } }, {}, "status.launch.startedAt should be a date and time"],
    [
      { messages: { "milestone/live": { channel: "C1", ts: 1, digest: "d", at: AT } } },
      {},
      'status.messages["milestone/live"].ts should be text',
    ],
    [
      { timeline: [{ at: AT, reason: "x", params: { y: {} } }] },
      {},
      "status.timeline[0].params.y has a value that this version of Slipway does not know",
    ],
    [{}, { environments: [] }, "spec.environments should have at least 1 entries"],
    [{}, { owner: undefined, template: 7 }, "spec.owner is missing, and one more field is wrong"],
    [{ version: 2 }, {}, "a newer version of Slipway wrote its status"],
  ])("is told by the field that is wrong and what should be there: %j %j", (status, spec, sentence) => {
    const read = readProject("rrr", stored(status, spec));
    expect(read.ok ? "" : fault(read.unreadable.fault)).toBe(sentence);
  });

  test("that is no object at all is told too", () => {
    const read = readProject("rrr", { metadata: { name: "rrr" } });
    expect(read.ok ? [] : read.unreadable.fields).toEqual(["apiVersion", "kind", "spec"]);
  });

  test("shows nothing of what it holds", () => {
    const read = readProject("rrr", stored({ phase: "ghp_secret", url: { ghp_secret: 1 } }));
    expect(JSON.stringify(read)).not.toContain("ghp_secret");
  });
});

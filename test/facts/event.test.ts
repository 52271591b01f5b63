import { expect, test } from "vitest";
import { eventOf } from "../../src/facts/event.ts";
import type { KubeObject } from "../../src/project/ports/cluster.ts";
import { environment } from "../builders/facts.ts";

const event = (given: object): KubeObject => ({
  apiVersion: "v1",
  kind: "Event",
  metadata: { name: "e", namespace: "rrr" },
  ...given,
});
const failed = {
  involvedObject: { kind: "GitRepository", name: "rrr" },
  type: "Warning",
  reason: "GitOperationFailed",
  count: 7,
};

test("an event says of which kind it is, and how often; of what came once nothing counts", () => {
  const once = { ...failed, count: null };
  expect(eventOf(event(failed))).toEqual({
    about: "GitRepository",
    warning: true,
    reason: "GitOperationFailed",
    count: 7,
  });
  expect(eventOf(event(once)).count).toBe(1);
  expect(eventOf(event({}))).toMatchObject({ about: "", warning: false });
});

test("of an environment's events the warnings about its sources are kept, and no others", () => {
  const pods = { ...failed, involvedObject: { kind: "Pod" } };
  const normal = { ...failed, type: "Normal" };
  const objects = [event(failed), event(pods), event(normal)];
  expect(environment({ objects }).sourceEvents).toMatchObject({ value: [{ count: 7 }] });
});

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
  message: "no route to host",
  lastTimestamp: "2026-03-01T10:00:00Z",
  type: "Warning",
  reason: "GitOperationFailed",
  count: 7,
};

test("an event says of which kind it is, and how often; of what came once nothing counts", () => {
  const once = { ...failed, count: null };
  expect(eventOf(event(failed))).toEqual({
    about: "GitRepository",
    name: "rrr",
    warning: true,
    reason: "GitOperationFailed",
    message: "no route to host",
    count: 7,
    at: new Date("2026-03-01T10:00:00Z"),
  });
  const series = { lastObservedTime: "2026-03-01T11:00:00.000000Z" };
  expect(eventOf(event({ eventTime: "2026-03-01T10:00:00.000000Z", series })).at).toEqual(
    new Date("2026-03-01T11:00:00Z"),
  );
  expect(eventOf(event(once)).count).toBe(1);
  expect(eventOf(event({}))).toMatchObject({ about: "", warning: false });
});

test("of an environment's events the warnings about its sources are kept, and no others", () => {
  const pods = { ...failed, involvedObject: { kind: "Pod" } };
  const normal = { ...failed, type: "Normal" };
  const objects = [event(failed), event(pods), event(normal)];
  expect(environment({ objects }).sourceEvents).toMatchObject({ value: [{ count: 7 }] });
});

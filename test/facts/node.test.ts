import { expect, test } from "vitest";
import { nodeOf } from "../../src/facts/node.ts";

test.each([
  ["qcloud:///800002/ins-1", "tencent"],
  ["aws:///eu-central-1a/i-0abc", "aws"],
  ["hcloud://4711", "hetzner"],
  ["k3s://server-0", ""],
  ["", ""],
  [undefined, ""],
])("a node whose provider calls it %s is %o's", (providerID, cloud) => {
  const node = { apiVersion: "v1", kind: "Node", metadata: { name: "a" }, spec: { ...(providerID && { providerID }) } };
  expect(nodeOf(node)).toMatchObject({ kind: "Node", name: "a", cloud });
});

test("a node without a spec tells of no cloud", () => {
  expect(nodeOf({ apiVersion: "v1", kind: "Node", metadata: { name: "a" } }).cloud).toBe("");
});

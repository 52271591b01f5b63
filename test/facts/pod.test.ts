import { describe, expect, test } from "vitest";
import { podOf } from "../../src/facts/pod.ts";
import { ofKind, recorded } from "../builders/recorded.ts";
import { podWith } from "../builders/workloads.ts";

describe("a pod", () => {
  test.each<[string, object]>([
    ["launch-ready", { ready: true, containers: [{ name: "web", ready: true, state: { is: "running" } }] }],
    [
      "container-crashing",
      {
        ready: false,
        containers: [{ state: { is: "waiting", reason: "CrashLoopBackOff" }, last: { exitCode: 3, reason: "Error" } }],
      },
    ],
    [
      "config-missing",
      {
        containers: [
          { state: { is: "waiting", reason: "CreateContainerConfigError", message: 'configmap "nope" not found' } },
        ],
      },
    ],
    ["image-missing", { containers: [{ state: { is: "waiting", reason: "ImagePullBackOff" }, last: undefined }] }],
    ["unschedulable", { phase: "Pending", node: undefined, containers: [] }],
  ])("as a real kubelet left it: %s", (name, wanted) => {
    expect(ofKind(recorded(name), "Pod").map(podOf)).toMatchObject([wanted]);
  });

  test("has its init containers first, and those that stay beside the application told apart", () => {
    const { containers } = podOf(
      podWith({
        app: { image: "ghcr.io/acme/rrr:1", status: { ready: true, state: { running: { startedAt: "x" } } } },
        migrate: { role: "init", image: "ghcr.io/acme/rrr:1", status: { state: { terminated: { exitCode: 0 } } } },
        proxy: { role: "sidecar", image: "envoy:1", status: { ready: true, restartCount: 2, state: { running: {} } } },
      }),
    );
    expect(
      containers.map(({ name, role, image, ready, restarts, state }) => [name, role, image, ready, restarts, state.is]),
    ).toEqual([
      ["migrate", "init", "ghcr.io/acme/rrr:1", false, 0, "terminated"],
      ["proxy", "sidecar", "envoy:1", true, 2, "running"],
      ["app", "app", "ghcr.io/acme/rrr:1", true, 0, "running"],
    ]);
  });

  test("takes an image by its spec: the kubelet may name it by another of its tags", () => {
    const { containers } = podOf(
      podWith({ app: { image: "ghcr.io/acme/rrr:1", status: { image: "ghcr.io/acme/rrr:2" } } }),
    );
    expect(containers.map(({ image }) => image)).toEqual(["ghcr.io/acme/rrr:1"]);
  });

  test("of which the kubelet has said nothing yet is neither ready nor in trouble", () => {
    const pod = podOf(podWith({ app: {} }, { phase: "Pending" }));
    expect(pod).toMatchObject({ ready: false, containers: [{ ready: false, restarts: 0, state: { is: "unknown" } }] });
  });

  test("remembers how a container ended before, and what it said then", () => {
    const terminated = { exitCode: 137, reason: "OOMKilled", message: "GET / 200\n", containerID: "x" };
    const { containers } = podOf(
      podWith({ app: { status: { restartCount: 4, state: { running: {} }, lastState: { terminated } } } }),
    );
    expect(containers[0]).toMatchObject({
      state: { is: "running" },
      last: { exitCode: 137, reason: "OOMKilled", message: "GET / 200\n" },
    });
  });
});

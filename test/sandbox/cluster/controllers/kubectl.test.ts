import { describe, expect, onTestFinished, test } from "vitest";
import { startApiServer } from "../../../../src/sandbox/cluster/api/start-api-server.ts";
import { kubectlOf, whyNoKubectl, withoutKubectl } from "../kubectl.ts";
import { SERVER } from "./manifests.ts";
import { startCluster } from "./start-cluster.ts";
import { startRegistry } from "./start-registry.ts";

const labels = { app: "app" };
const IMAGE = "docker.io/acme/app:1";

describe.skipIf(withoutKubectl)(`kubectl, of workloads that are no Deployment${whyNoKubectl}`, () => {
  test("follows a StatefulSet and a DaemonSet to their end, and back", async () => {
    const { kubectl } = await startWithKubectl();
    const spec = { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: podOf({}) } };
    await kubectl(["create", "-f", "-"], {
      ...{ apiVersion: "apps/v1", kind: "StatefulSet", metadata: { name: "db" } },
      spec: { ...spec, replicas: 2, serviceName: "db" },
    });
    await kubectl(["create", "-f", "-"], {
      apiVersion: "apps/v1",
      kind: "DaemonSet",
      metadata: { name: "agent" },
      spec,
    });
    expect(await kubectl(["rollout", "status", "sts/db", "--timeout=60s"])).toContain("complete");
    expect(await kubectl(["rollout", "status", "ds/agent", "--timeout=60s"])).toContain("successfully rolled out");
    expect(await kubectl(["get", "sts,ds"])).toMatch(
      /statefulset\.apps\/db +2\/2 [\s\S]*daemonset\.apps\/agent +1 +1 +1 +1 +1 /,
    );
    await kubectl(["set", "env", "sts/db", "COLOUR=blue"]);
    expect(await kubectl(["rollout", "status", "sts/db", "--timeout=60s"])).toContain("complete");
    expect(await kubectl(["rollout", "history", "sts/db"])).toMatch(/1 +<none>\n2 +<none>/);
    await kubectl(["rollout", "undo", "sts/db"]);
    expect(await kubectl(["rollout", "history", "sts/db"])).toMatch(/2 +<none>\n3 +<none>/);
    expect(await kubectl(["scale", "sts/db", "--replicas=0"])).toContain("scaled");
    expect(await kubectl(["wait", "--for=delete", "pod/db-0", "--timeout=60s"])).not.toContain("timed out");
  }, 120_000);

  test("waits for a Job's end, reads an init container's log, and sees where a pod stands", async () => {
    const { kubectl } = await startWithKubectl();
    const job = (name: string, script: string, more: object = {}) => ({
      ...{ apiVersion: "batch/v1", kind: "Job", metadata: { name } },
      spec: {
        backoffLimit: 0,
        template: { spec: { ...podOf({ command: ["node", "-e", script] }), restartPolicy: "Never", ...more } },
      },
    });
    const first = { name: "first", image: IMAGE, command: ["node", "-e", "console.log('from the first')"] };
    await kubectl(["create", "-f", "-"], job("well", "process.exit(0)", { initContainers: [first] }));
    await kubectl(["create", "-f", "-"], job("badly", "process.exit(1)"));
    expect(await kubectl(["wait", "--for=condition=complete", "job/well", "--timeout=60s"])).toContain("condition met");
    expect(await kubectl(["wait", "--for=condition=failed", "job/badly", "--timeout=60s"])).toContain("condition met");
    expect(await kubectl(["logs", "job/well", "-c", "first"])).toBe("from the first\n");
    const stuck = { name: "first", image: IMAGE, command: ["node", "-e", "process.exit(2)"] };
    await kubectl(["create", "-f", "-"], {
      ...{ apiVersion: "v1", kind: "Pod", metadata: { name: "stuck" } },
      spec: { ...podOf({}), initContainers: [stuck] },
    });
    await expect
      .poll(() => kubectl(["get", "pods"]), { timeout: 60_000, interval: 200 })
      .toMatch(
        /badly-\w{5} +0\/1 +Error .*\n[\s\S]*stuck +0\/1 +Init:(CrashLoopBackOff|Error) .*\n[\s\S]*well-\w{5} +0\/1 +Completed /,
      );
  }, 120_000);
});

/** Each in a cluster of its own, a minute of it a second. */
async function startWithKubectl() {
  const registry = await startRegistry();
  await registry.push("acme/app:1", { "app/server.js": SERVER });
  const cluster = await startCluster({ mirrors: { "docker.io": registry.url } });
  const { store, world, podLogs } = cluster;
  const api = await startApiServer({ port: 0, host: "127.0.0.1", store, world, podLogs });
  onTestFinished(async () => {
    await api.close();
    await cluster.close();
    await registry.close();
    expect(cluster.errors).toEqual([]);
  });
  return { kubectl: await kubectlOf(api.kubeconfig()) };
}

function podOf(container: object) {
  return {
    terminationGracePeriodSeconds: 1,
    containers: [{ name: "app", image: IMAGE, command: ["node", "/app/server.js"], ...container }],
  };
}

import type { Testbed } from "../../cluster/testbed.ts";
import { until } from "../../cluster/until.ts";

const BUILD_MS = 120_000;

/**
 * The plain way: everything is applied at once, and the kubelet asks for an image that a build of two minutes will bring.
 * Resolves to the milliseconds between the image and its container's start.
 */
export async function plainWay(at: Testbed, name: string): Promise<number> {
  // Never there before.
  const image = `bench/${name}:${Date.now()}`;
  await at.kubectl("create", "namespace", name);
  try {
    await at.kubectl("-n", name, "create", "deployment", name, `--image=docker.io/${image}`);
    await new Promise((resolve) => setTimeout(resolve, BUILD_MS));
    await at.crane("copy", `${at.registry}/testbed/app:1`, `${at.registry}/${image}`);
    const there = performance.now();
    const running = ["get", "pods", "-o", "jsonpath={.items[*].status.containerStatuses[*].state.running.startedAt}"];
    await until(330, `${name} running`, async () => (await at.kubectl("-n", name, ...running)) !== "");
    return performance.now() - there;
  } finally {
    await at.kubectl("delete", "namespace", name, "--wait=false");
  }
}

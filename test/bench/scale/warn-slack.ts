import { readFileSync } from "node:fs";
import type { KubeConfig } from "@kubernetes/client-node";
import { connectByClient } from "../../../src/cluster/connect-by-client.ts";
import { pathOf } from "../../../src/cluster/path-of.ts";
import { watchOnce } from "../../../src/cluster/watch-once.ts";
import type { KubeObject } from "../../../src/project/ports/cluster.ts";
import type { Call } from "./load-projects.ts";
import type { Outside } from "./start-outside.ts";

const PATIENCE_MS = 60_000;

export interface Warned {
  /** From the update's arrival at another watch to Slack's taking of the message that warns. */
  fromWatchSeconds: number;
  /** From the sending of the update. */
  fromWriteSeconds: number;
}

/**
 * One project's source fails as it does when its way to GitHub is cut, in source-controller's own words. It writes them
 * only after its time-out has passed; from then on the rule warns at its first look.
 */
export async function warnSlack(
  name: string,
  at: { kubeConfig: KubeConfig; call: Call; outside: Outside },
): Promise<Warned> {
  const { call, outside } = at;
  const { workspace } = outside.slack;
  const path = pathOf("GitRepository", name, name);
  const source = await call("GET", path);
  const told = Promise.withResolvers<number>();
  const arrived = Promise.withResolvers<number>();
  const over = new AbortController();
  const timer = setTimeout(() => told.reject(new Error(`no warning about ${name}`)), PATIENCE_MS);
  const stop = workspace.events(workspace.you, (event) => {
    if ("message" in event && JSON.stringify(event.message).includes(`GitRepository/${name}/`))
      told.resolve(performance.now());
  });
  const standing = Promise.withResolvers<void>();
  const watching = watchOnce({
    connection: connectByClient(at.kubeConfig),
    path: pathOf("GitRepository"),
    labelSelector: `slipway.dev/project=${name}`,
    from: source.metadata.resourceVersion ?? "",
    silenceMs: PATIENCE_MS,
    signal: over.signal,
    onStanding: standing.resolve,
    onEvent: (phase) => {
      if (phase === "MODIFIED") arrived.resolve(performance.now());
    },
  });
  try {
    await standing.promise;
    const written = performance.now();
    await call("PATCH", `${path}/status`, { status: failing(source) });
    const [seen, warned] = await Promise.all([arrived.promise, told.promise]);
    return { fromWatchSeconds: (warned - seen) / 1_000, fromWriteSeconds: (warned - written) / 1_000 };
  } finally {
    clearTimeout(timer);
    over.abort();
    await watching.catch(() => {});
    if (typeof stop === "function") stop();
  }
}

/** Recorded of a source with an artifact whose way was cut. */
function failing({ metadata }: KubeObject): unknown {
  const file = new URL("../../fixtures/cluster/source-cut.json", import.meta.url);
  const { objects }: { objects: KubeObject[] } = JSON.parse(readFileSync(file, "utf8"));
  const status = objects.find((each) => each.metadata.name === "app")?.status;
  const now = `${new Date().toISOString().slice(0, 19)}Z`;
  const conditions = (status as { conditions: { type: string }[] }).conditions; // as recorded
  return {
    observedGeneration: metadata.generation,
    conditions: conditions.map((each) => ({
      ...each,
      observedGeneration: metadata.generation,
      ...(each.type === "ArtifactInStorage" ? {} : { lastTransitionTime: now }),
    })),
  };
}

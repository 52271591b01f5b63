import { setTimeout as sleep } from "node:timers/promises";
import { pathOf } from "../../../src/cluster/path-of.ts";
import type { Kind } from "../../../src/project/kinds.ts";
import type { Call } from "./load-projects.ts";
import { nameOf, objectsOf } from "./objects-of.ts";

const PER_SECOND = 10;
/** What changes by itself on a cluster: what kubelet, Flux and the bot write into status. */
const CHANGING: readonly Kind[] = ["Pod", "Deployment", "GitRepository", "Kustomization", "Project"];

/** Updates of status, ten a second, spread over projects and kinds. Returns how many there were, and of which kinds. */
export async function churn(projects: number, seconds: number, call: Call): Promise<Map<Kind, number>> {
  const made = new Map<Kind, number>();
  const began = performance.now();
  for (let count = 0; count < seconds * PER_SECOND; count += 1) {
    const kind = CHANGING[count % CHANGING.length] ?? "Pod";
    // A step that shares no divisor with any number of projects in question: each is met.
    const name = nameOf((count * 7_919) % projects);
    const object = objectsOf(name).find((each) => each.kind === kind);
    if (!object) continue;
    await call(
      "PATCH",
      `${pathOf(kind, object.metadata.namespace, object.metadata.name)}/status`,
      statusNow(object.status),
    );
    made.set(kind, (made.get(kind) ?? 0) + 1);
    await sleep(Math.max(0, began + ((count + 1) * 1_000) / PER_SECOND - performance.now()));
  }
  return made;
}

/** Whole conditions, as a merge patch replaces lists; a time that differs each time. */
function statusNow(status: unknown): unknown {
  const { conditions } = status as { conditions: { lastTransitionTime: string }[] }; // recorded with conditions
  const now = new Date().toISOString();
  const at = now.replace(/\.\d+Z$/, "Z");
  return {
    status: {
      conditions: conditions.map((each) => ({ ...each, lastTransitionTime: at, message: `looked at ${now}` })),
    },
  };
}

import { readdirSync, readFileSync } from "node:fs";
import type { Kind } from "../../src/project/kinds.ts";
import type { KubeObject } from "../../src/project/ports/cluster.ts";

const CLUSTER = new URL("../fixtures/cluster/", import.meta.url);

/** All of a kind that real clusters said: of every fault that was recorded, and of a live project. */
export function recordedObjects(kind: Kind): KubeObject[] {
  return recorded().filter((each) => each.kind === kind);
}

function recorded(): KubeObject[] {
  const faults = readdirSync(CLUSTER).flatMap((file) => {
    const fixture: { objects?: KubeObject[] } = JSON.parse(readFileSync(new URL(file, CLUSTER), "utf8"));
    return fixture.objects ?? [];
  });
  const live: KubeObject[] = JSON.parse(
    readFileSync(new URL("../bench/scale/live-project.json", import.meta.url), "utf8"),
  );
  return [...faults, ...live];
}

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { KubeObject } from "../../../src/project/ports/cluster.ts";

/** What a launch left on a real cluster (Kubernetes 1.34.4, Flux 1.7.3), with a second pod and a certificate. */
const RECORDED = readFileSync(new URL("live-project.json", import.meta.url), "utf8");
const HEX = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b|\b[0-9a-f]{64}\b|1ea8635427ab\w*/g;

/** The objects of one live project, the Project first, each with the status that it is to have; no two share an id. */
export function objectsOf(name: string): KubeObject[] {
  const own = createHash("sha512").update(name).digest("hex");
  // Moved on by as much for all that is equal, so that what refers to each other still does.
  const shift = (id: string) => {
    let at = 0;
    const moved = (digit: string) => (Number.parseInt(digit, 16) ^ Number.parseInt(own.charAt(at++), 16)).toString(16);
    return id.replace(/[0-9a-f]/g, moved);
  };
  return JSON.parse(RECORDED.replace(HEX, shift).replaceAll("rrr", name));
}

export function nameOf(index: number): string {
  return `p${String(index).padStart(5, "0")}`;
}

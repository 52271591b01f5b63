import type { Answer, ResourceCall } from "../call.ts";
import { isDryRun } from "./write-options.ts";

/** Evicts at once: PodDisruptionBudgets are kept but not counted. */
export function eviction({ server, kind, wanted, url }: ResourceCall): Answer {
  server.store.verbs.remove(kind, wanted.namespace, wanted.name, { dryRun: isDryRun(url.searchParams) });
  return { status: 201, body: { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", code: 201 } };
}

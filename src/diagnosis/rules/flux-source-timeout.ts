import { z } from "zod";
import { conditionOf } from "../../project/condition-of.ts";
import type { KubeObject } from "../../project/ports/cluster.ts";
import type { Rule } from "../rule.ts";

/**
 * source-controller could not reach the repository in time. It keeps its last artifact, so what runs goes on running.
 * Reason and message as source-controller 1.7 gives them, seen on a real cluster whose way to GitHub was cut.
 * https://fluxcd.io/flux/components/source/gitrepositories/#failed-gitrepository
 */
export const fluxSourceTimeout: Rule = {
  code: "flux-source-timeout",
  severity: "warn",
  needs: ["source"],
  remedies: ["check-again"],
  check({ environment: { source, sourceEvents } }) {
    const object = source.known ? source.value : undefined;
    // While it tries again Ready says Unknown/Progressing; FetchFailed stays until a fetch has succeeded.
    const ready = conditionOf(object, "Ready");
    const failed = ready?.status === "False" ? ready : conditionOf(object, "FetchFailed");
    if (!object || !failed || (failed !== ready && failed.status !== "True")) return [];
    if (!/i\/o timeout|context deadline exceeded|Client\.Timeout exceeded|TLS handshake timeout/.test(failed.message))
      return [];
    const { name, namespace } = object.metadata;
    const count = sourceEvents.known ? occurrences(sourceEvents.value) : 0;
    return [
      {
        subject: `GitRepository/${namespace}/${name}`,
        evidence: failed.message.slice(0, 300),
        seenFrom: "cluster",
        params: {
          url: urlOf(object),
          artifact: hasArtifact(object) ? "yes" : "",
          address: /dial tcp (\S+):/.exec(failed.message)?.[1] ?? "",
        },
        ...(failed.since ? { since: failed.since } : {}),
        ...(count > 0 ? { count } : {}),
      },
    ];
  },
};

const failureEvent = z.object({ type: z.literal("Warning"), reason: z.string(), count: z.number().default(1) });

function occurrences(events: unknown[]): number {
  return events
    .flatMap((event) => failureEvent.safeParse(event).data ?? [])
    .filter(({ reason }) => reason === "GitOperationFailed")
    .reduce((total, { count }) => total + count, 0);
}

/** What was fetched last is kept and goes on being applied. */
function hasArtifact(object: KubeObject): boolean {
  return z.object({ artifact: z.looseObject({}) }).safeParse(object.status).success;
}

function urlOf(object: KubeObject): string {
  return z.object({ url: z.string() }).safeParse(object.spec).data?.url ?? "";
}

import { z } from "zod";
import { KINDS } from "../project/kinds.ts";
import type { Lease, LeaseRecord, StoredLease } from "../project/ports/lease.ts";
import { Problem } from "../project/problem.ts";
import { parseAnswer } from "./parse-answer.ts";
import { pathOf } from "./path-of.ts";
import type { Request } from "./request.ts";

/**
 * An answer later than this is as good as none: two tries must fit into the time that a leader has to renew. The same
 * half that Kubernetes' own components give themselves:
 * https://github.com/kubernetes/kubernetes/blob/v1.34.0/cmd/kube-scheduler/app/options/options.go (createKubeConfigs)
 */
const TIMEOUT_MS = 5_000;

const time = z.coerce.date().default(new Date(0));
/** Every field of its spec may be absent: https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/lease-v1/ */
const stored = z.object({
  metadata: z.object({ resourceVersion: z.string() }),
  spec: z
    .object({
      holderIdentity: z.string().default(""),
      leaseDurationSeconds: z.number().default(0),
      acquireTime: time,
      renewTime: time,
      leaseTransitions: z.number().default(0),
    })
    .prefault({}),
});

/** A Lease in the API server, by the name and namespace given. */
export function createLease(
  request: Request,
  at: { namespace: string; name: string },
  timeoutMs: number = TIMEOUT_MS,
): Lease {
  const path = pathOf("Lease", at.namespace, at.name);
  return {
    async read() {
      try {
        return parse(await request("GET", path, { timeoutMs }));
      } catch (error) {
        if (error instanceof Problem && error.code === "object-missing") return undefined;
        throw error;
      }
    },
    async write(record, version) {
      const metadata = { ...at, ...(version === undefined ? {} : { resourceVersion: version }) };
      const body = { apiVersion: KINDS.Lease.apiVersion, kind: "Lease", metadata, spec: specOf(record) };
      return parse(
        version === undefined
          ? await request("POST", pathOf("Lease", at.namespace), { body, timeoutMs })
          : await request("PUT", path, { body, timeoutMs }),
      );
    },
  };
}

function parse(answer: unknown): StoredLease {
  const { metadata, spec } = parseAnswer(stored, answer);
  return {
    version: metadata.resourceVersion,
    record: {
      holder: spec.holderIdentity,
      durationSeconds: spec.leaseDurationSeconds,
      acquiredAt: spec.acquireTime,
      renewedAt: spec.renewTime,
      transitions: spec.leaseTransitions,
    },
  };
}

function specOf(record: LeaseRecord) {
  return {
    holderIdentity: record.holder,
    leaseDurationSeconds: record.durationSeconds,
    acquireTime: microTime(record.acquiredAt),
    renewTime: microTime(record.renewedAt),
    leaseTransitions: record.transitions,
  };
}

/** MicroTime is read with exactly six digits: https://github.com/kubernetes/apimachinery/blob/v0.34.0/pkg/apis/meta/v1/micro_time.go */
function microTime(at: Date): string {
  return at.toISOString().replace("Z", "000Z");
}

import { z } from "zod";
import { Problem } from "../project/problem.ts";
import { shorten } from "../project/shorten.ts";

/** https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/ */
const status = z.object({
  message: z.string().default(""),
  reason: z.string().default(""),
  code: z.number().optional(),
});

/** What an answer other than 2xx of the API server means for us. */
export function problemOf(request: { method: string; path: string }, code: number, body: unknown): Problem {
  const parsed = status.safeParse(body);
  const said = parsed.success && parsed.data.message !== "" ? parsed.data.message : `HTTP ${code}`;
  const params = { method: request.method, path: request.path, code };
  const evidence = shorten(said);
  switch (code) {
    case 401:
      return new Problem("cluster-credentials-refused", { destiny: { kind: "person" }, params, evidence });
    case 403:
      return new Problem(forbiddenCode(said), { destiny: { kind: "person" }, params, evidence });
    case 404:
      return new Problem("object-missing", { params, evidence });
    case 409:
      return new Problem(parsed.data?.reason === "AlreadyExists" ? "object-exists" : "object-conflict", {
        params,
        evidence,
      });
    case 410:
      return new Problem("watch-expired", { params, evidence });
    case 422:
    case 400:
      return new Problem("object-invalid", { destiny: { kind: "person" }, params, evidence });
    default:
      return new Problem("cluster-unwell", { params, evidence });
  }
}

/** The server says 403 also for what is not about the asker's rights. */
function forbiddenCode(message: string): "flux-namespace-terminating" | "quota-exceeded" | "rbac-missing" {
  if (message.includes("because it is being terminated")) return "flux-namespace-terminating";
  if (message.includes("exceeded quota")) return "quota-exceeded";
  return "rbac-missing";
}

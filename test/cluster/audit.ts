import { readFile, stat } from "node:fs/promises";
import { parseAllDocuments } from "yaml";
import { z } from "zod";

const entry = z.object({
  verb: z.string(),
  user: z.object({ username: z.string() }),
  requestURI: z.string(),
  objectRef: z
    .object({
      apiGroup: z.string().default(""),
      resource: z.string().default(""),
      subresource: z.string().optional(),
      namespace: z.string().default(""),
      name: z.string().default(""),
    })
    .optional(),
  responseStatus: z.object({ code: z.number().default(0) }).optional(),
  annotations: z.record(z.string(), z.string()).default({}),
});
export type AuditEntry = z.output<typeof entry>;

/** What the API server writes down of an account's calls from now on, or from so many bytes on. https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/ */
export async function auditFrom(file: string, username: string, began?: number): Promise<() => Promise<AuditEntry[]>> {
  const size = began ?? (await stat(file)).size;
  return async () =>
    (await readFile(file))
      .subarray(size)
      .toString()
      .split("\n")
      .filter((line) => line.endsWith("}"))
      .map((line) => entry.parse(JSON.parse(line)))
      .filter(({ user }) => user.username === username);
}

const role = z.object({
  kind: z.enum(["ClusterRole", "Role"]),
  rules: z.array(
    z.object({ apiGroups: z.array(z.string()), resources: z.array(z.string()), verbs: z.array(z.string()) }),
  ),
});

/** The rights that a manifest's roles give, one by one, as `verb group/resource`. */
export function rightsIn(manifest: string): string[] {
  return parseAllDocuments(manifest)
    .flatMap((document) => role.safeParse(document.toJS()).data?.rules ?? [])
    .flatMap(({ apiGroups, resources, verbs }) =>
      apiGroups.flatMap((group) =>
        resources.flatMap((resource) => verbs.map((verb) => `${verb} ${group}/${resource}`)),
      ),
    );
}

/** Was it refused, for want of a right or by an admission policy? */
export function wasRefused({ annotations, responseStatus }: AuditEntry): boolean {
  return annotations["authorization.k8s.io/decision"] !== "allow" || [401, 403].includes(responseStatus?.code ?? 0);
}

/** The rights that a call was made by. What is applied and was not there is also created. */
export function rightsOf({ verb, objectRef, responseStatus }: AuditEntry): string[] {
  if (!objectRef || objectRef.resource === "") return [];
  const { apiGroup, resource, subresource } = objectRef;
  const what = `${apiGroup}/${resource}${subresource === undefined ? "" : `/${subresource}`}`;
  return verb === "patch" && responseStatus?.code === 201 ? [`patch ${what}`, `create ${what}`] : [`${verb} ${what}`];
}

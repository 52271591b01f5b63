import { apiVersionOf } from "../../store/create-kinds.ts";
import type { Kind } from "../../store/kind.ts";
import type { Answer, Call } from "../call.ts";
import { subresourcesOf } from "./subresources-of.ts";

const AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
/** Built-in groups in the order of the real server; those of CustomResourceDefinitions follow by name. */
const HIGH_FIRST = [
  "",
  "apps",
  "events.k8s.io",
  "authentication.k8s.io",
  "authorization.k8s.io",
  "autoscaling",
  "batch",
];

/** `/api` and `/apis`: https://kubernetes.io/docs/concepts/overview/kubernetes-api/#aggregated-discovery */
export function groups(call: Call): Answer {
  const core = call.url.pathname.startsWith("/api/") || call.url.pathname === "/api";
  const kinds = call.server.store.kinds.all().filter((kind) => (kind.group === "") === core);
  const byGroup = [...Map.groupBy(kinds, (kind) => kind.group)].sort(([left], [right]) => rank(left) - rank(right));
  if ((call.request.headers.accept ?? "").replaceAll(" ", "").includes(AGGREGATED)) {
    return {
      status: 200,
      contentType: AGGREGATED,
      body: {
        kind: "APIGroupDiscoveryList",
        apiVersion: "apidiscovery.k8s.io/v2",
        metadata: {},
        items: byGroup.map(([group, members]) => aggregated(group, members)),
      },
    };
  }
  if (core) {
    const address = call.request.headers.host ?? "";
    return {
      status: 200,
      body: {
        kind: "APIVersions",
        versions: ["v1"],
        serverAddressByClientCIDRs: [{ clientCIDR: "0.0.0.0/0", serverAddress: address }],
      },
    };
  }
  const list = byGroup.map(([group, members]) => groupOf(group, members));
  return { status: 200, body: { kind: "APIGroupList", apiVersion: "v1", groups: list } };
}

/** `/apis/apps`. */
export function group(call: Call): Answer | undefined {
  const name = call.url.pathname.split("/")[2] ?? "";
  const members = call.server.store.kinds.all().filter((kind) => kind.group === name);
  if (name === "" || members.length === 0) return undefined;
  return { status: 200, body: { kind: "APIGroup", apiVersion: "v1", ...groupOf(name, members) } };
}

/** `/api/v1`, `/apis/apps/v1`. */
export function resources(call: Call): Answer | undefined {
  const [root, first, second] = call.url.pathname.split("/").slice(1);
  const [group, version] = root === "api" ? ["", first] : [first, second];
  const members = call.server.store.kinds.all().filter((kind) => kind.group === group && kind.version === version);
  const [some] = members;
  if (some === undefined) return undefined;
  return {
    status: 200,
    body: {
      kind: "APIResourceList",
      apiVersion: "v1",
      groupVersion: apiVersionOf(some),
      resources: members.flatMap((kind) => [
        {
          name: kind.plural,
          singularName: kind.singular,
          namespaced: kind.namespaced,
          kind: kind.kind,
          verbs: kind.verbs,
          ...(kind.shortNames.length === 0 ? {} : { shortNames: kind.shortNames }),
          ...(kind.categories.length === 0 ? {} : { categories: kind.categories }),
        },
        ...subresourcesOf(kind).map((sub) => ({
          name: `${kind.plural}/${sub.name}`,
          singularName: "",
          namespaced: kind.namespaced,
          ...(sub.group === undefined ? {} : { group: sub.group, version: sub.version }),
          kind: sub.kind,
          verbs: sub.verbs,
        })),
      ]),
    },
  };
}

function groupOf(name: string, members: Kind[]) {
  const versions = versionsOf(members).map((version) => ({ groupVersion: `${name}/${version}`, version }));
  return { name, versions, preferredVersion: versions[0] };
}

function aggregated(group: string, members: Kind[]) {
  return {
    metadata: group === "" ? { creationTimestamp: null } : { name: group, creationTimestamp: null },
    versions: versionsOf(members).map((version) => ({
      version,
      freshness: "Current",
      resources: members
        .filter((kind) => kind.version === version)
        .map((kind) => ({
          resource: kind.plural,
          responseKind: { group: kind.group, version: kind.version, kind: kind.kind },
          scope: kind.namespaced ? "Namespaced" : "Cluster",
          singularResource: kind.singular,
          verbs: kind.verbs,
          ...(kind.shortNames.length === 0 ? {} : { shortNames: kind.shortNames }),
          ...(kind.categories.length === 0 ? {} : { categories: kind.categories }),
          subresources: subresourcesOf(kind).map((sub) => ({
            subresource: sub.name,
            responseKind: { group: sub.group ?? kind.group, version: sub.version ?? kind.version, kind: sub.kind },
            verbs: sub.verbs,
          })),
        })),
    })),
  };
}

/** The stored version is preferred here; the real rule (v2 before v1 before v1beta1) gives the same for all that we meet. */
function versionsOf(members: Kind[]): string[] {
  const versions = [...new Set(members.map((kind) => kind.version))];
  const stability = (version: string) => (version.includes("alpha") ? 2 : version.includes("beta") ? 1 : 0);
  return versions.sort(
    (left, right) => stability(left) - stability(right) || right.localeCompare(left, "en", { numeric: true }),
  );
}

function rank(group: string): number {
  const index = HIGH_FIRST.indexOf(group);
  return index === -1 ? HIGH_FIRST.length : index;
}

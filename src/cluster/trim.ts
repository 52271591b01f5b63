import type { KubeObject } from "../project/ports/cluster.ts";
import type { Kind } from "./kinds.ts";

type Fields = Record<string, unknown>;

/** Annotations that kubectl and Flux keep whole manifests in. */
const BULKY = ["kubectl.kubernetes.io/last-applied-configuration"];

/** Of a container: what it is, where it listens, how it is judged, what it may use. Not its environment: that is the team's. */
const CONTAINER = ["name", "image", "ports", "startupProbe", "readinessProbe", "livenessProbe", "resources"];
const CONTAINER_STATUS = ["name", "image", "imageID", "ready", "started", "restartCount", "state", "lastState"];

/** Of the kinds that are not here all but managed fields is kept: nothing else of them is large. */
const KEPT: Partial<Record<Kind, (fields: Fields) => Fields>> = {
  // What is reconciled is read from the API server; the watch tells which, whose repository, and whether it is under way.
  Project: ({ status, ...rest }) => {
    const { phase, deploys } = fieldsOf(status);
    const last = Array.isArray(deploys) ? deploys.slice(-1).map((each) => pick(each, ["state"])) : [];
    return { ...rest, status: { phase, deploys: last } };
  },
  Pod: ({ spec, status, ...rest }) => ({
    ...rest,
    // Where they listen and what they may use is in their Deployment, once for all of its pods.
    spec: { containers: each(fieldsOf(spec).containers, ["name", "image"]), ...pick(spec, ["nodeName"]) },
    status: {
      ...pick(status, ["phase", "reason", "message", "conditions", "podIP"]),
      containerStatuses: each(fieldsOf(status).containerStatuses, CONTAINER_STATUS),
    },
  }),
  Deployment: ({ spec, ...rest }) => {
    const { containers } = fieldsOf(fieldsOf(fieldsOf(spec).template).spec);
    const template = { spec: { containers: each(containers, CONTAINER) } };
    return { ...rest, spec: { ...pick(spec, ["replicas", "selector"]), template } };
  },
  // The inventory names each object that was applied, the history each try.
  Kustomization: ({ spec, status, ...rest }) => ({
    ...rest,
    spec: without(spec, ["patches", "postBuild"]),
    status: without(status, ["inventory", "history"]),
  }),
  EndpointSlice: ({ endpoints, ...rest }) => ({ ...rest, endpoints: each(endpoints, ["addresses", "conditions"]) }),
};

/**
 * What is kept of an object on arrival: a thousand projects' managed fields are most of their memory. `raw` is taken over.
 * `intern`: equal strings as one. Throws where it is no object of Kubernetes'.
 */
export function trim(kind: Kind, raw: unknown, intern?: (text: string) => string): KubeObject {
  const { metadata, ...rest } = fieldsOf(raw);
  const { managedFields: _, generateName: __, annotations, ...kept } = fieldsOf(metadata);
  if (typeof rest.apiVersion !== "string" || typeof rest.kind !== "string" || typeof kept.name !== "string")
    throw new TypeError(`no ${kind}: apiVersion, kind or metadata.name is missing`);
  const fields = KEPT[kind]?.(rest) ?? rest;
  const whole = {
    ...fields,
    metadata: annotations === undefined ? kept : { ...kept, annotations: without(annotations, BULKY) },
  };
  // The three fields that KubeObject asks for are there; the rest is read through zod where it is used.
  return (intern ? interned(whole, intern) : whole) as unknown as KubeObject;
}

/** In place: a copy would have more room than it needs, and a thousand projects' would be as much again to clear away. */
function interned(value: unknown, intern: (text: string) => string): unknown {
  if (typeof value === "string") return intern(value);
  const fields = fieldsOf(value);
  for (const key of Object.keys(fields)) fields[key] = interned(fields[key], intern);
  return value;
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {}; // read as unknown, each field
}

function each(list: unknown, fields: readonly string[]): Fields[] {
  return Array.isArray(list) ? list.map((item) => pick(item, fields)) : [];
}

function pick(value: unknown, fields: readonly string[]): Fields {
  const from = fieldsOf(value);
  const kept: Fields = {};
  for (const field of fields) if (from[field] !== undefined) kept[field] = from[field];
  return kept;
}

function without(value: unknown, fields: readonly string[]): Fields {
  return pick(
    value,
    Object.keys(fieldsOf(value)).filter((field) => !fields.includes(field)),
  );
}

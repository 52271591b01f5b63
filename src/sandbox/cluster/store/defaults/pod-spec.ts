import { isObject, type JsonObject } from "../is-object.ts";
import { defaulted, each, within } from "./defaulted.ts";

/** https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/apis/core/v1/defaults.go */
export function podSpec(spec: unknown): JsonObject {
  const filled = defaulted(
    {
      restartPolicy: "Always",
      terminationGracePeriodSeconds: 30,
      dnsPolicy: "ClusterFirst",
      securityContext: {},
      schedulerName: "default-scheduler",
    },
    spec,
  );
  if (typeof filled.serviceAccountName === "string") filled.serviceAccount ??= filled.serviceAccountName;
  if (typeof filled.serviceAccount === "string") filled.serviceAccountName ??= filled.serviceAccount;
  return within(filled, {
    containers: (list) => each(list, container),
    initContainers: (list) => each(list, container),
    volumes: (list) => each(list, volume),
  });
}

function container(value: JsonObject): JsonObject {
  const filled = defaulted(
    {
      resources: {},
      terminationMessagePath: "/dev/termination-log",
      terminationMessagePolicy: "File",
      imagePullPolicy: pullPolicy(value.image),
    },
    value,
  );
  return within(filled, {
    ports: (list) => each(list, (port) => defaulted({ protocol: "TCP" }, port)),
    resources,
    livenessProbe: probe,
    readinessProbe: probe,
    startupProbe: probe,
    env: (list) => each(list, variable),
  });
}

/** `latest`, said or not, is pulled always. */
function pullPolicy(image: unknown): string {
  const name = typeof image === "string" ? (image.split("/").at(-1) ?? "") : "";
  if (name.includes("@")) return "IfNotPresent";
  const tag = name.split(":")[1] ?? "latest";
  return tag === "latest" ? "Always" : "IfNotPresent";
}

/** A limit without a request is also the request. */
function resources(value: unknown): unknown {
  if (!isObject(value) || !isObject(value.limits)) return value;
  return { ...value, requests: { ...value.limits, ...(isObject(value.requests) ? value.requests : {}) } };
}

function probe(value: unknown): JsonObject {
  const filled = defaulted({ timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 }, value);
  return within(filled, { httpGet: (get) => defaulted({ path: "/", scheme: "HTTP" }, get) });
}

function variable(value: JsonObject): JsonObject {
  return within(value, {
    valueFrom: (source) =>
      within(defaulted({}, source), { fieldRef: (reference) => defaulted({ apiVersion: "v1" }, reference) }),
  });
}

const MODE = 0o644;

function volume(value: JsonObject): JsonObject {
  const withMode = (source: unknown) => defaulted({ defaultMode: MODE }, source);
  return within(value, {
    secret: withMode,
    configMap: withMode,
    downwardAPI: withMode,
    projected: withMode,
    hostPath: (source) => defaulted({ type: "" }, source),
  });
}

import type { KubeObject } from "../../store.ts";
import { at, listAt } from "../at.ts";
import { builtinKind } from "../builtin-kind.ts";
import { isObject, type JsonObject } from "../is-object.ts";
import type { Kind } from "../kind.ts";
import { refuse } from "../refuse.ts";
import type { Admission } from "./admission.ts";

const MOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";
const MODE = 0o644;
const TOLERATIONS = ["not-ready", "unreachable"].map((state) => ({
  key: `node.kubernetes.io/${state}`,
  operator: "Exists",
  effect: "NoExecute",
  tolerationSeconds: 300,
}));

/** The plugins ServiceAccount, DefaultTolerationSeconds and Priority. https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/ */
export function preparePod(kind: Kind, pod: KubeObject, { storage, random }: Admission): KubeObject {
  const { namespace = "", name } = pod.metadata;
  const spec: JsonObject = isObject(pod.spec) ? { ...pod.spec } : {};
  const account =
    typeof spec.serviceAccountName === "string" && spec.serviceAccountName !== "" ? spec.serviceAccountName : "default";
  const found = storage.read(builtinKind("ServiceAccount"), namespace, account);
  if (found === undefined) {
    const why = `error looking up service account ${namespace}/${account}: serviceaccount ${JSON.stringify(account)} not found`;
    throw refuse.forbidden(kind, name, why);
  }
  spec.serviceAccountName = account;
  spec.serviceAccount = account;
  spec.tolerations = [...listAt(spec, "tolerations"), ...TOLERATIONS];
  spec.priority ??= 0;
  spec.preemptionPolicy ??= "PreemptLowerPriority";
  const pullSecrets = listAt(found, "imagePullSecrets");
  if (spec.imagePullSecrets === undefined && pullSecrets.length > 0) spec.imagePullSecrets = pullSecrets;
  if ((spec.automountServiceAccountToken ?? found.automountServiceAccountToken) !== false) {
    const volume = `kube-api-access-${random.text(5, "bcdfghjklmnpqrstvwxz2456789")}`;
    const mount = { name: volume, readOnly: true, mountPath: MOUNT };
    const mounted = (containers: JsonObject[]) =>
      containers.map((one) => {
        const mounts = listAt(one, "volumeMounts");
        return mounts.some(({ mountPath }) => mountPath === MOUNT) ? one : { ...one, volumeMounts: [...mounts, mount] };
      });
    spec.volumes = [...listAt(spec, "volumes"), accessVolume(volume)];
    spec.containers = mounted(listAt(spec, "containers"));
    if (spec.initContainers !== undefined) spec.initContainers = mounted(listAt(spec, "initContainers"));
  }
  return {
    ...pod,
    spec,
    status: { ...(isObject(pod.status) ? pod.status : {}), phase: "Pending", qosClass: qosClass(spec) },
  };
}

function accessVolume(name: string) {
  return {
    name,
    projected: {
      sources: [
        { serviceAccountToken: { expirationSeconds: 3607, path: "token" } },
        { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
        {
          downwardAPI: {
            items: [{ path: "namespace", fieldRef: { apiVersion: "v1", fieldPath: "metadata.namespace" } }],
          },
        },
      ],
      defaultMode: MODE,
    },
  };
}

/** https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/ */
function qosClass(spec: JsonObject): string {
  const containers = [...listAt(spec, "containers"), ...listAt(spec, "initContainers")];
  const amounts = containers.flatMap((one) =>
    ["cpu", "memory"].map((name) => ({
      request: at(one, `resources.requests.${name}`),
      limit: at(one, `resources.limits.${name}`),
    })),
  );
  if (amounts.every(({ request, limit }) => request === undefined && limit === undefined)) return "BestEffort";
  return amounts.every(({ request, limit }) => limit !== undefined && request === limit) ? "Guaranteed" : "Burstable";
}

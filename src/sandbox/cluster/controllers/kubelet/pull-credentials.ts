import { z } from "zod";
import type { KubeObject, Store } from "../../store.ts";
import { secretData } from "../runtime/secret-data.ts";
import type { Pod } from "./pod.ts";
import type { Credentials } from "./registry-client.ts";

const DockerConfig = z.looseObject({
  auths: z
    .record(
      z.string(),
      z.looseObject({ username: z.string().optional(), password: z.string().optional(), auth: z.string().optional() }),
    )
    .default({}),
});

/** The first credentials for `registry` among the pod's pull secrets, then its service account's. */
export function pullCredentials(store: Store, object: KubeObject, pod: Pod, registry: string): Credentials | undefined {
  const namespace = object.metadata.namespace ?? "";
  const account = store.get({ apiVersion: "v1", kind: "ServiceAccount", namespace, name: pod.spec.serviceAccountName });
  const names = [...pod.spec.imagePullSecrets.map(({ name }) => name), ...accountSecrets(account)];
  for (const name of names) {
    const secret = store.get({ apiVersion: "v1", kind: "Secret", namespace, name });
    const found = secret && fromSecret(secret, registry);
    if (found) {
      return found;
    }
  }
  return undefined;
}

function accountSecrets(account: KubeObject | undefined): string[] {
  const secrets: unknown = account?.imagePullSecrets;
  return z
    .array(z.looseObject({ name: z.string() }))
    .catch([])
    .parse(secrets ?? [])
    .map(({ name }) => name);
}

/** https://kubernetes.io/docs/concepts/configuration/secret/#docker-config-secrets */
function fromSecret(secret: KubeObject, registry: string): Credentials | undefined {
  const text = secretData(secret)[".dockerconfigjson"];
  if (text === undefined) {
    return undefined;
  }
  let config: z.infer<typeof DockerConfig>;
  try {
    config = DockerConfig.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
  const entry = Object.entries(config.auths).find(
    ([host]) => host.replace(/^https?:\/\//, "").replace(/\/.*$/, "") === registry,
  )?.[1];
  if (!entry) {
    return undefined;
  }
  const [username = "", ...password] = entry.auth ? Buffer.from(entry.auth, "base64").toString("utf8").split(":") : [];
  return { username: entry.username ?? username, password: entry.password ?? password.join(":") };
}

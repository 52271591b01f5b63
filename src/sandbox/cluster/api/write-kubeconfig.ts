import { stringify } from "yaml";

export function writeKubeconfig(options: { url: string; certificate: string; user: string; token: string }): string {
  const name = "slipway-sandbox";
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      {
        name,
        cluster: {
          server: options.url,
          "certificate-authority-data": Buffer.from(options.certificate).toString("base64"),
        },
      },
    ],
    users: [{ name: options.user, user: { token: options.token } }],
    contexts: [{ name, context: { cluster: name, user: options.user, namespace: "default" } }],
    "current-context": name,
  });
}

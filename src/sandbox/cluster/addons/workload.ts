import type { KubeObject } from "../store.ts";

/** A controller's Namespace-bound objects: a ServiceAccount and a Deployment of one container. */
export function workload(options: {
  namespace: string;
  name: string;
  image: string;
  labels: Record<string, string>;
  args?: readonly string[];
  ports?: readonly { name: string; containerPort: number }[];
}): KubeObject[] {
  const { namespace, name, labels } = options;
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace } },
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name, namespace, labels },
      spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            serviceAccountName: name,
            containers: [
              {
                name: options.name,
                image: options.image,
                ...(options.args === undefined ? {} : { args: options.args }),
                ...(options.ports === undefined ? {} : { ports: options.ports }),
              },
            ],
          },
        },
      },
    },
  ];
}

/** The repository that the recorded cluster applied. */
export const RECORDED_REPOSITORY: Record<string, string> = {
  "k8s/overlays/dev/app.yaml": `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: ghcr.io/testbed/app:1
        ports: [{name: http, containerPort: 3000}]
        readinessProbe: {httpGet: {path: /, port: http}, periodSeconds: 2}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: http}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  ingressClassName: traefik
  rules: [{host: record.rrr.test, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {name: http}}}}]}}]
`,
  "k8s/overlays/dev/kustomization.yaml": "resources: [app.yaml]\n",
  "k8s/overlays/broken/kustomization.yaml": "resources: [nope.yaml]\n",
  "k8s/overlays/noimage/kustomization.yaml":
    "resources: [../dev]\nimages: [{name: ghcr.io/testbed/app, newTag: nope}]\n",
  "k8s/overlays/kinds/kustomization.yaml": "resources: [a.yaml]\n",
  "k8s/overlays/kinds/a.yaml": "apiVersion: x.y/v1\nkind: Foo\nmetadata: {name: f}\n",
};

/** The application of the recorded cluster: FAIL is its exit code, START_SECONDS when it listens. */
export const RECORDED_APPLICATION = `
if (process.env.FAIL) process.exit(Number(process.env.FAIL));
if (process.env.START_SECONDS) setInterval(() => {}, 1000);
else require("node:http").createServer((_, response) => response.end("ok")).listen(Number(process.env.PORT), "127.0.0.1");
`;

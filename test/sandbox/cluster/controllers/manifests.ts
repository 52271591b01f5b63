/** An application that answers with its path. */
export const SERVER = `
const { createServer } = require("node:http");
createServer((request, response) => response.end("hello from " + request.url + ", colour " + process.env.COLOUR))
  .listen(Number(process.env.PORT), "127.0.0.1", () => console.log("listening"));
`;

/** A repository's manifests, as a template makes them. */
export const MANIFESTS: Record<string, string> = {
  "k8s/base/kustomization.yaml": "resources: [deployment.yaml, service.yaml, ingress.yaml]\n",
  "k8s/base/deployment.yaml": `apiVersion: apps/v1
kind: Deployment
metadata: {name: rrr}
spec:
  replicas: 1
  selector: {matchLabels: {app: rrr}}
  template:
    metadata: {labels: {app: rrr}}
    spec:
      imagePullSecrets: [{name: registry-pull}]
      containers:
        - name: app
          image: ghcr.io/acme/rrr
          ports: [{name: http, containerPort: 3000}]
          env: [{name: COLOUR, value: blue}]
          readinessProbe: {httpGet: {path: /, port: http}, periodSeconds: 5}
`,
  "k8s/base/service.yaml": `apiVersion: v1
kind: Service
metadata: {name: rrr}
spec:
  selector: {app: rrr}
  ports: [{name: http, port: 80, targetPort: http}]
`,
  "k8s/base/ingress.yaml": `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: rrr}
spec:
  ingressClassName: traefik
  rules:
    - host: rrr.localhost
      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: rrr, port: {name: http}}}}]}
`,
  "k8s/overlays/development/kustomization.yaml": "resources: [../../base]\n",
};

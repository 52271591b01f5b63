/** A repository's, as a template makes them; one overlay is broken in each way that a build can tell. */
export const MANIFESTS: Record<string, string> = {
  "k8s/base/kustomization.yaml": "resources: [deployment.yaml, service.yaml]\n",
  "k8s/base/deployment.yaml": `apiVersion: apps/v1
kind: Deployment
metadata: {name: app}
spec:
  replicas: 1
  progressDeadlineSeconds: 3600
  selector: {matchLabels: {app: app}}
  template:
    metadata: {labels: {app: app}}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
        - name: app
          image: docker.io/testbed/app:1
          ports: [{name: http, containerPort: 3000}]
          readinessProbe: {httpGet: {path: /, port: http}, periodSeconds: 1}
`,
  "k8s/base/service.yaml": `apiVersion: v1
kind: Service
metadata: {name: app}
spec: {selector: {app: app}, ports: [{name: http, port: 80, targetPort: http}]}
`,
  "k8s/overlays/development/kustomization.yaml": "resources: [../../base]\n",
  "k8s/overlays/kinds/kustomization.yaml": "resources: [foo.yaml]\n",
  "k8s/overlays/kinds/foo.yaml": "apiVersion: x.y/v1\nkind: Foo\nmetadata: {name: foo}\n",
  "k8s/overlays/reaching/kustomization.yaml": "resources: [../../base, role.yaml]\n",
  "k8s/overlays/reaching/role.yaml":
    'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: all}\nrules: [{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}]\n',
  "k8s/overlays/hasty/kustomization.yaml": `resources: [../../base]
patches:
  - target: {kind: Deployment}
    patch: |
      - op: replace
        path: /spec/progressDeadlineSeconds
        value: 10
`,
};

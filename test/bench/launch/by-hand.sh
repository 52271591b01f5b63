#!/usr/bin/env bash
# The same launch as an operator's script would do it: kubectl, curl and git, step by step, waiting on each.
# NAME is launched from FILES, a clone of another project's first commit named OLD. Ends when its URL answers.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
api() { curl -sSf -H "authorization: Bearer $GITHUB_TOKEN" "$@"; }
image=$OWNER/$NAME

# The repository, with everything in it that names the other project renamed.
api -o "$work/repository.json" -X POST "$GITHUB_API_URL/orgs/$OWNER/repos" -d "{\"name\":\"$NAME\",\"private\":true}"
cp -r "$FILES" "$work/files"
rm -rf "$work/files/.git"
grep -rlZ "$OLD" "$work/files" | xargs -0 sed -i "s/$OLD/$NAME/g"
git -C "$work/files" init -q -b main
git -C "$work/files" add --all
git -C "$work/files" -c user.name=operator -c user.email=operator@example.com commit -q -m "The first commit"
git -C "$work/files" push -q "${GITHUB_SERVER_URL/:\/\//:\/\/operator:$GITHUB_TOKEN@}/$OWNER/$NAME.git" main
sha=$(git -C "$work/files" rev-parse HEAD)
tag=${sha:0:12}

# Where it is to run, and what it is to be read and pulled with.
kubectl create namespace "$NAME"
kubectl label namespace "$NAME" pod-security.kubernetes.io/enforce=baseline
kubectl -n "$NAME" create serviceaccount tenant
kubectl -n "$NAME" create rolebinding tenant --clusterrole=slipway-project --serviceaccount="$NAME:tenant"
kubectl -n "$NAME" create secret docker-registry registry-pull --docker-server=ghcr.io \
  --docker-username="$REGISTRY_PULL_USERNAME" --docker-password="$REGISTRY_PULL_TOKEN"
kubectl -n "$NAME" create secret generic git-credentials --from-literal=username=operator --from-literal=password="$GITHUB_TOKEN"
kubectl apply -f - <<YAML
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: $NAME, namespace: $NAME }
spec:
  url: $CLUSTER_GIT_URL/$OWNER/$NAME.git
  ref: { branch: main }
  interval: 1m
  secretRef: { name: git-credentials }
YAML
kubectl -n "$NAME" wait gitrepository "$NAME" --for=condition=Ready --timeout=60s

# The image, once it is there.
there() {
  local token
  token=$(curl -sSf -u "$REGISTRY_PULL_USERNAME:$REGISTRY_PULL_TOKEN" "$REGISTRY_API_URL/token?service=ghcr.io&scope=repository:$image:pull" | sed 's/.*"token":"\([^"]*\)".*/\1/')
  curl -sf -o "$work/manifest.json" -H "authorization: Bearer $token" -H "accept: application/vnd.oci.image.manifest.v1+json" "$REGISTRY_API_URL/v2/$image/manifests/$tag"
}
until there; do sleep 1; done

kubectl apply -f - <<YAML
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: $NAME, namespace: $NAME }
spec:
  sourceRef: { kind: GitRepository, name: $NAME }
  path: ./k8s/overlays/production
  targetNamespace: $NAME
  serviceAccountName: tenant
  prune: true
  interval: 10m
  images: [{ name: ghcr.io/$image, newTag: "$tag" }]
YAML
kubectl -n "$NAME" wait kustomization "$NAME" --for=condition=Ready --timeout=60s
kubectl -n "$NAME" rollout status deployment "$NAME" --timeout=60s
until kubectl -n "$NAME" get certificate -o name | grep -q .; do sleep 1; done
kubectl -n "$NAME" wait certificate --all --for=condition=Ready --timeout=120s
until curl -sf -o "$work/page" --cacert "$ACME_ROOT" --resolve "$NAME.$DOMAIN:443:$NODE" "https://$NAME.$DOMAIN/"; do sleep 1; done

import { beforeAll, describe, expect, test } from "vitest";
import { type Ask, type Connection, PATCH } from "./connection.ts";
import { fixture } from "./fixture.ts";
import { configMap } from "./objects.ts";

const AUTHORIZATION = "rbac.authorization.k8s.io";

export function allowing(connect: () => Promise<Connection>): void {
  describe("authorization and admission", () => {
    const at = fixture(connect);
    const user = () => `system:serviceaccount:${at.namespace}:limited`;
    const send: Connection["send"] = (...args) => at.server.send(...args);
    const limited = (method: string, path: string, ask: Ask = {}) => send(method, path, { ...ask, as: user() });
    const roleRef = (kind: string, name: string) => ({ apiGroup: AUTHORIZATION, kind, name });

    beforeAll(async () => {
      await send("POST", `${at.core}/serviceaccounts`, { body: { metadata: { name: "limited" } } });
      const rules = [
        { apiGroups: [""], resources: ["pods"], verbs: ["get"] },
        { apiGroups: [""], resources: ["configmaps"], verbs: ["patch"] },
        { apiGroups: [AUTHORIZATION], resources: ["roles", "rolebindings"], verbs: ["create", "get"] },
        { apiGroups: [AUTHORIZATION], resources: ["clusterroles"], verbs: ["bind"], resourceNames: ["view"] },
      ];
      await send("POST", `${at.rbac}/roles`, { body: { metadata: { name: "limited" }, rules } });
      const subjects = [{ kind: "ServiceAccount", name: "limited", namespace: at.namespace }];
      const body = { metadata: { name: "limited" }, roleRef: roleRef("Role", "limited"), subjects };
      await send("POST", `${at.rbac}/rolebindings`, { body });
      await at.eventually(async () => (await limited("GET", `${at.core}/pods/none`)).status === 404);
    });

    test("a refusal names user, verb, resource, group and namespace", async () => {
      const list = await limited("GET", at.widgets);
      expect(list.body).toEqual({
        kind: "Status",
        apiVersion: "v1",
        metadata: {},
        status: "Failure",
        message: `widgets.contract.slipway.dev is forbidden: User "${user()}" cannot list resource "widgets" in API group "contract.slipway.dev" in the namespace "${at.namespace}"`,
        reason: "Forbidden",
        details: { group: "contract.slipway.dev", kind: "widgets" },
        code: 403,
      });
      const log = await limited("GET", `${at.core}/pods/a/log`);
      expect(log.body.message).toBe(
        `pods "a" is forbidden: User "${user()}" cannot get resource "pods/log" in API group "" in the namespace "${at.namespace}"`,
      );
      const everywhere = await limited("GET", "/api/v1/nodes");
      expect(everywhere.body.message).toBe(
        `nodes is forbidden: User "${user()}" cannot list resource "nodes" in API group "" at the cluster scope`,
      );
      const path = await limited("GET", "/contract");
      expect(path.body.message).toBe(`forbidden: User "${user()}" cannot get path "/contract"`);
    });

    test("nobody gives what they do not have", async () => {
      const body = {
        metadata: { name: "more" },
        rules: [{ apiGroups: [""], resources: ["secrets", "pods"], verbs: ["get", "list"] }],
      };
      const reply = await limited("POST", `${at.rbac}/roles`, { body });
      expect(reply.status).toBe(403);
      expect(reply.body.message).toBe(
        `roles.rbac.authorization.k8s.io "more" is forbidden: user "${user()}" (groups=["system:serviceaccounts" "system:serviceaccounts:${at.namespace}" "system:authenticated"]) is attempting to grant RBAC permissions not currently held:\n{APIGroups:[""], Resources:["pods"], Verbs:["list"]}\n{APIGroups:[""], Resources:["secrets"], Verbs:["get" "list"]}`,
      );
      const bound = await limited("POST", `${at.rbac}/rolebindings`, {
        body: { metadata: { name: "boss" }, roleRef: roleRef("ClusterRole", "cluster-admin"), subjects: [] },
      });
      expect(bound.body.message).toContain(
        'is attempting to grant RBAC permissions not currently held:\n{APIGroups:["*"], Resources:["*"], Verbs:["*"]}\n{NonResourceURLs:["*"], Verbs:["*"]}',
      );
    });

    test("who may patch may not make by applying what is not there", async () => {
      const path = `${at.core}/configmaps/applied?fieldManager=one`;
      const reply = await limited("PATCH", path, { body: configMap("applied"), type: PATCH.apply });
      expect([reply.status, reply.body.message]).toEqual([
        403,
        `configmaps "applied" is forbidden: User "${user()}" cannot create resource "configmaps" in API group "" in the namespace "${at.namespace}"`,
      ]);
    });

    test("a role that one may bind can be given", async () => {
      const reply = await limited("POST", `${at.rbac}/rolebindings`, {
        body: { metadata: { name: "viewers" }, roleRef: roleRef("ClusterRole", "view"), subjects: [] },
      });
      expect(reply.status).toBe(201);
    });

    test("a binding's role stays what it was", async () => {
      const body = { metadata: { name: "fixed" }, roleRef: roleRef("ClusterRole", "view") };
      await send("POST", `${at.rbac}/rolebindings`, { body });
      const reply = await send("PUT", `${at.rbac}/rolebindings/fixed`, {
        body: { ...body, roleRef: roleRef("ClusterRole", "edit") },
      });
      expect(reply.body.message).toBe(
        'RoleBinding.rbac.authorization.k8s.io "fixed" is invalid: roleRef: Invalid value: {"APIGroup":"rbac.authorization.k8s.io","Kind":"ClusterRole","Name":"edit"}: cannot change roleRef',
      );
    });

    test("access reviews answer what would be allowed, and why", async () => {
      const reviews = "/apis/authorization.k8s.io/v1";
      const ask = (verb: string, resource: string) => ({
        spec: { resourceAttributes: { verb, resource, namespace: at.namespace } },
      });
      const yes = await limited("POST", `${reviews}/selfsubjectaccessreviews`, { body: ask("get", "pods") });
      expect(yes.status).toBe(201);
      expect(yes.body.status).toEqual({
        allowed: true,
        reason: `RBAC: allowed by RoleBinding "limited/${at.namespace}" of Role "limited" to ServiceAccount "limited/${at.namespace}"`,
      });
      const no = await limited("POST", `${reviews}/selfsubjectaccessreviews`, { body: ask("get", "secrets") });
      expect(no.body.status).toEqual({ allowed: false });
      const other = await send("POST", `${reviews}/subjectaccessreviews`, {
        body: { spec: { user: user(), ...ask("get", "pods").spec } },
      });
      expect(other.body.status.allowed).toBe(true);
      // The one who asks may do everything.
      const others = { user: user(), ...ask("get", "secrets").spec };
      const refused = await send("POST", `${reviews}/subjectaccessreviews`, { body: { spec: others } });
      expect(refused.body.status).toEqual({ allowed: false });
    });

    test("Pod Security refuses pods and warns about what makes them", async () => {
      const labels = {
        "pod-security.kubernetes.io/enforce": "baseline",
        "pod-security.kubernetes.io/warn": "restricted",
      };
      await send("PATCH", `/api/v1/namespaces/${at.namespace}`, {
        body: { metadata: { labels } },
        type: "application/merge-patch+json",
      });
      const securityContext = { privileged: true, capabilities: { add: ["SYS_ADMIN", "CHOWN"] } };
      const spec = {
        hostNetwork: true,
        containers: [{ name: "c", image: "x", securityContext, ports: [{ containerPort: 80, hostPort: 80 }] }],
        volumes: [{ name: "v", hostPath: { path: "/" } }],
      };
      const refused = await send("POST", `${at.core}/pods`, { body: { metadata: { name: "bad" }, spec } });
      expect([refused.status, refused.body.message]).toEqual([
        403,
        'pods "bad" is forbidden: violates PodSecurity "baseline:latest": non-default capabilities (container "c" must not include "SYS_ADMIN" in securityContext.capabilities.add), host namespaces (hostNetwork=true), hostPath volumes (volume "v"), hostPort (container "c" uses hostPort 80), privileged (container "c" must not set securityContext.privileged=true)',
      ]);
      const plain = await send("POST", `${at.core}/pods?dryRun=All`, {
        body: { metadata: { name: "plain" }, spec: { containers: [{ name: "c", image: "x" }] } },
      });
      expect(plain.status).toBe(201);
      expect(plain.warnings.join()).toContain(
        'would violate PodSecurity \\"restricted:latest\\": allowPrivilegeEscalation != false (container \\"c\\" must set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container \\"c\\" must set securityContext.capabilities.drop=[\\"ALL\\"]), runAsNonRoot != true (pod or container \\"c\\" must set securityContext.runAsNonRoot=true), seccompProfile (pod or container \\"c\\" must set securityContext.seccompProfile.type to \\"RuntimeDefault\\" or \\"Localhost\\")',
      );
    });

    test("a pod gets its account's token, and is refused without an account", async () => {
      const pod = (account: string) => ({
        metadata: { name: "pod" },
        spec: { serviceAccountName: account, containers: [{ name: "c", image: "x" }] },
      });
      const made = await send("POST", `${at.core}/pods?dryRun=All`, { body: pod("limited") });
      expect(made.body.spec.containers[0].volumeMounts[0].mountPath).toBe(
        "/var/run/secrets/kubernetes.io/serviceaccount",
      );
      expect(made.body.spec.tolerations).toHaveLength(2);
      expect(made.body.status).toMatchObject({ phase: "Pending", qosClass: "BestEffort" });
      const refused = await send("POST", `${at.core}/pods?dryRun=All`, { body: pod("nobody") });
      expect(refused.body.message).toBe(
        `pods "pod" is forbidden: error looking up service account ${at.namespace}/nobody: serviceaccount "nobody" not found`,
      );
    });

    test("a quota is not exceeded", async () => {
      await send("POST", `${at.core}/resourcequotas`, {
        body: { metadata: { name: "few" }, spec: { hard: { "count/secrets": "0" } } },
      });
      await at.eventually(async () => {
        const reply = await send("POST", `${at.core}/secrets`, { body: { metadata: { name: "one-more" } } });
        if (reply.status === 201) await send("DELETE", `${at.core}/secrets/one-more`);
        return reply.status === 403 && !reply.body.message.includes("status unknown");
      });
      const reply = await send("POST", `${at.core}/secrets`, { body: { metadata: { name: "one-more" } } });
      expect(reply.body.message).toBe(
        'secrets "one-more" is forbidden: exceeded quota: few, requested: count/secrets=1, used: count/secrets=0, limited: count/secrets=0',
      );
    });

    test("nobody without a token may look", async () => {
      const reply = await send("GET", `${at.core}/configmaps`, {
        as: "system:anonymous",
        groups: ["system:unauthenticated"],
      });
      expect(reply.body.message).toContain('User "system:anonymous" cannot list resource "configmaps"');
      expect((await limited("POST", `${at.core}/configmaps`, { body: configMap("x") })).status).toBe(403);
    });
  });
}

import { describe, expect, test } from "vitest";
import { type Connection, PATCH } from "./connection.ts";
import { fixture } from "./fixture.ts";
import { configMap, deployment, widget } from "./objects.ts";

export function applying(connect: () => Promise<Connection>): void {
  describe("server-side apply", () => {
    const at = fixture(connect);
    const apply = (path: string, body: object, manager: string, more = "") =>
      at.server.send("PATCH", `${path}?fieldManager=${manager}${more}`, { body, type: PATCH.apply });

    test("makes what is not there, and owns what it said", async () => {
      const { status, body } = await apply(`${at.core}/configmaps/made`, configMap("made", { a: "1" }), "one");
      expect(status).toBe(201);
      expect(body.metadata.managedFields).toMatchObject([
        { manager: "one", operation: "Apply", apiVersion: "v1", fieldsV1: { "f:data": { "f:a": {} } } },
      ]);
    });

    test("the same again changes nothing", async () => {
      const path = `${at.core}/configmaps/same`;
      const first = await apply(path, configMap("same", { a: "1" }), "one");
      const second = await apply(path, configMap("same", { a: "1" }), "one");
      expect(second.status).toBe(200);
      expect(second.body.metadata.resourceVersion).toBe(first.body.metadata.resourceVersion);
    });

    test("conflicts with another applier, who is named, unless forced", async () => {
      const path = `${at.core}/configmaps/contested`;
      await apply(path, configMap("contested", { a: "1" }), "one");
      const { status, body } = await apply(path, configMap("contested", { a: "2" }), "two");
      expect(status).toBe(409);
      expect(body).toMatchObject({
        reason: "Conflict",
        message: 'Apply failed with 1 conflict: conflict with "one": .data.a',
        details: { causes: [{ reason: "FieldManagerConflict", message: 'conflict with "one"', field: ".data.a" }] },
      });
      const forced = await apply(path, configMap("contested", { a: "2" }), "two", "&force=true");
      expect(forced.body.data).toEqual({ a: "2" });
      expect(forced.body.metadata.managedFields.map((entry: { manager: string }) => entry.manager)).toEqual(["two"]);
    });

    test("conflicts with an updater, who is named with a version", async () => {
      const { send } = at.server;
      await send("POST", `${at.apps}/deployments?fieldManager=maker`, { body: deployment("updated", 1) });
      const { body } = await apply(`${at.apps}/deployments/updated`, deployment("updated", 2), "two");
      expect(body.message).toBe('Apply failed with 1 conflict: conflict with "maker" using apps/v1: .spec.replicas');
    });

    test("tells several conflicts by manager", async () => {
      const path = `${at.widgets}/several`;
      await apply(path, widget("several", { color: "red", replicas: 1 }), "one");
      const { body } = await apply(path, widget("several", { color: "green", replicas: 2 }), "two");
      expect(body.message).toBe(
        'Apply failed with 2 conflicts: conflicts with "one":\n- .spec.color\n- .spec.replicas',
      );
    });

    test("removes what it no longer says and nobody else owns", async () => {
      const path = `${at.core}/configmaps/shrinking`;
      await apply(path, configMap("shrinking", { a: "1", b: "1" }), "one");
      await apply(path, configMap("shrinking", { b: "1", c: "1" }), "two");
      const { body } = await apply(path, configMap("shrinking", {}), "one");
      expect(body.data).toEqual({ b: "1", c: "1" });
    });

    test("merges lists by their keys", async () => {
      const path = `${at.apps}/deployments/listed`;
      const env = [{ name: "A", value: "1" }];
      await apply(path, deployment("listed", 1, { env }), "one");
      const other = {
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { name: "listed" },
        spec: { template: { spec: { containers: [{ name: "app", env: [{ name: "B", value: "2" }] }] } } },
      };
      const { body } = await apply(path, other, "two");
      const [container] = body.spec.template.spec.containers;
      expect(container.env).toEqual([
        { name: "A", value: "1" },
        { name: "B", value: "2" },
      ]);
      expect(container.image).toBe("app:1");
      const gone = await apply(path, deployment("listed", 1), "one");
      expect(gone.body.spec.template.spec.containers[0].env).toEqual([{ name: "B", value: "2" }]);
    });

    test("owns items of lists by their keys", async () => {
      const { body } = await apply(`${at.apps}/deployments/keyed`, deployment("keyed", 1), "one");
      expect(body.metadata.managedFields[0].fieldsV1).toEqual({
        "f:spec": {
          "f:paused": {},
          "f:replicas": {},
          "f:selector": {},
          "f:template": {
            "f:metadata": { "f:labels": { "f:app": {} } },
            "f:spec": {
              "f:containers": {
                'k:{"name":"app"}': {
                  ".": {},
                  "f:image": {},
                  "f:name": {},
                  "f:ports": { 'k:{"containerPort":80,"protocol":"TCP"}': { ".": {}, "f:containerPort": {} } },
                },
              },
            },
          },
        },
      });
    });

    test("a create owns what it said and what was filled in", async () => {
      const { body } = await at.server.send("POST", `${at.apps}/deployments?fieldManager=maker`, {
        body: deployment("filled", 1),
      });
      expect(body.metadata.managedFields[0].fieldsV1["f:spec"]).toMatchObject({
        "f:progressDeadlineSeconds": {},
        "f:revisionHistoryLimit": {},
        "f:strategy": { "f:rollingUpdate": { ".": {}, "f:maxSurge": {}, "f:maxUnavailable": {} }, "f:type": {} },
        "f:template": {
          "f:metadata": { "f:labels": { ".": {}, "f:app": {} } },
          "f:spec": { "f:dnsPolicy": {}, "f:restartPolicy": {}, "f:securityContext": {} },
        },
      });
      expect(body.metadata.managedFields[0].fieldsV1["f:spec"]["."]).toBeUndefined();
    });

    test("refuses fields and types that the schema does not know", async () => {
      const path = `${at.apps}/deployments/untyped`;
      const wrong = deployment("untyped", 1, { env: [{ name: "A", value: 8888 }] });
      const typed = await apply(path, { ...wrong, metadata: { name: "untyped", namespace: at.namespace } }, "one");
      expect(typed.status).toBe(500);
      expect(typed.body.message).toBe(
        `failed to create typed patch object (${at.namespace}/untyped; apps/v1, Kind=Deployment): .spec.template.spec.containers[name="app"].env[name="A"].value: expected string, got &value.valueUnstructured{Value:8888}`,
      );
      const unknown = {
        ...widget("untyped", { color: "red", foo: 1 }),
        metadata: { name: "untyped", namespace: at.namespace },
      };
      const declared = await apply(`${at.widgets}/untyped`, unknown, "one");
      expect(declared.body.message).toBe(
        `failed to create typed patch object (${at.namespace}/untyped; contract.slipway.dev/v1, Kind=Widget): .spec.foo: field not declared in schema`,
      );
    });

    test("needs a manager, and no managedFields", async () => {
      const { send } = at.server;
      const path = `${at.core}/configmaps/nobody`;
      const nobody = await send("PATCH", path, { body: configMap("nobody"), type: PATCH.apply });
      expect(nobody.body.message).toBe(
        'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
      );
      const managed = await apply(path, configMap("nobody", {}, { managedFields: [] }), "one");
      expect(managed.body.message).toBe("metadata.managedFields must be nil");
    });

    test("status has managers of its own", async () => {
      const path = `${at.widgets}/own`;
      await apply(path, widget("own", { color: "red" }), "one");
      const status = {
        apiVersion: "contract.slipway.dev/v1",
        kind: "Widget",
        metadata: { name: "own" },
        status: { phase: "Up" },
      };
      const { body } = await apply(`${path}/status`, status, "two");
      expect(body.status).toEqual({ phase: "Up" });
      expect(body.metadata.managedFields).toMatchObject([
        { manager: "one" },
        { manager: "two", subresource: "status", fieldsV1: { "f:status": { "f:phase": {} } } },
      ]);
    });
  });
}

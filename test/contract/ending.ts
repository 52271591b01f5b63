import { describe, expect, test } from "vitest";
import { type Connection, PATCH } from "./connection.ts";
import { fixture } from "./fixture.ts";
import { configMap, widget } from "./objects.ts";

export function ending(connect: () => Promise<Connection>): void {
  describe("finalizers, owners, namespaces", () => {
    const at = fixture(connect);
    const send: Connection["send"] = (...args) => at.server.send(...args);
    const gone = (path: string) => at.eventually(async () => (await send("GET", path)).status === 404);
    const finalizers = ["contract.slipway.dev/hold"];

    test("an object with a finalizer is marked, and goes when the finalizer does", async () => {
      const path = `${at.core}/configmaps/held`;
      await send("POST", `${at.core}/configmaps`, { body: configMap("held", {}, { finalizers }) });
      const marked = await send("DELETE", path);
      expect(marked.body).toMatchObject({ kind: "ConfigMap", metadata: { finalizers, deletionGracePeriodSeconds: 0 } });
      expect((await send("DELETE", path)).body.metadata.resourceVersion).toBe(marked.body.metadata.resourceVersion);
      const still = await send("GET", path);
      expect(still.body.metadata.deletionTimestamp).toBeDefined();
      await send("PATCH", path, { body: { metadata: { finalizers: null } }, type: PATCH.merge });
      await gone(path);
    });

    test("to be deleted is a new generation", async () => {
      await send("POST", at.widgets, { body: widget("aging", { color: "red" }, { finalizers }) });
      expect((await send("DELETE", `${at.widgets}/aging`)).body.metadata.generation).toBe(2);
      await send("PATCH", `${at.widgets}/aging`, { body: { metadata: { finalizers: null } }, type: PATCH.merge });
      await gone(`${at.widgets}/aging`);
    });

    test("what has an owner goes with it", async () => {
      const { body: owner } = await send("POST", `${at.core}/configmaps`, { body: configMap("owner") });
      const ownerReferences = [{ apiVersion: "v1", kind: "ConfigMap", name: "owner", uid: owner.metadata.uid }];
      await send("POST", `${at.core}/configmaps`, { body: configMap("owned", {}, { ownerReferences }) });
      await send("DELETE", `${at.core}/configmaps/owner`);
      await gone(`${at.core}/configmaps/owned`);
    });

    test("what has another owner besides stays, and what names an owner that is another goes", async () => {
      const path = `${at.core}/configmaps`;
      const reference = async (name: string) => {
        const { body } = await send("POST", path, { body: configMap(name) });
        return { apiVersion: "v1", kind: "ConfigMap", name, uid: body.metadata.uid };
      };
      const [one, two] = [await reference("one"), await reference("two")];
      const other = { ...two, uid: "00000000-0000-4000-8000-000000000000" };
      const owned = { shared: [one, two], alone: [one], mistaken: [other] };
      for (const [name, ownerReferences] of Object.entries(owned))
        await send("POST", path, { body: configMap(name, {}, { ownerReferences }) });
      await gone(`${path}/mistaken`);
      await send("DELETE", `${path}/one`);
      await gone(`${path}/alone`);
      expect((await send("GET", `${path}/shared`)).status).toBe(200);
    });

    test("orphans stay, without their owner", async () => {
      const { body: owner } = await send("POST", `${at.core}/configmaps`, { body: configMap("parent") });
      const ownerReferences = [{ apiVersion: "v1", kind: "ConfigMap", name: "parent", uid: owner.metadata.uid }];
      await send("POST", `${at.core}/configmaps`, { body: configMap("orphan", {}, { ownerReferences }) });
      await send("DELETE", `${at.core}/configmaps/parent?propagationPolicy=Orphan`);
      await gone(`${at.core}/configmaps/parent`);
      const { body } = await send("GET", `${at.core}/configmaps/orphan`);
      expect(body).toMatchObject({ kind: "ConfigMap", metadata: { name: "orphan" } });
      expect(body.metadata.ownerReferences).toBeUndefined();
    });

    test("in the foreground, an owner waits for what it owns", async () => {
      const { body: owner } = await send("POST", `${at.core}/configmaps`, { body: configMap("front") });
      const reference = {
        apiVersion: "v1",
        kind: "ConfigMap",
        name: "front",
        uid: owner.metadata.uid,
        blockOwnerDeletion: true,
      };
      await send("POST", `${at.core}/configmaps`, {
        body: configMap("behind", {}, { ownerReferences: [reference], finalizers }),
      });
      const marked = await send("DELETE", `${at.core}/configmaps/front?propagationPolicy=Foreground`);
      expect(marked.body.metadata.finalizers).toEqual(["foregroundDeletion"]);
      await at.eventually(
        async () => (await send("GET", `${at.core}/configmaps/behind`)).body.metadata.deletionTimestamp !== undefined,
      );
      expect((await send("GET", `${at.core}/configmaps/front`)).status).toBe(200);
      await send("PATCH", `${at.core}/configmaps/behind`, {
        body: { metadata: { finalizers: null } },
        type: PATCH.merge,
      });
      await gone(`${at.core}/configmaps/front`);
    });

    test("a namespace that goes takes no more, empties itself, and tells what holds it", async () => {
      const name = `${at.namespace}-end`;
      const path = `/api/v1/namespaces/${name}`;
      await send("POST", "/api/v1/namespaces", { body: { metadata: { name } } });
      await send("POST", `${path}/configmaps`, { body: configMap("held", {}, { finalizers }) });
      await send("POST", `${path}/configmaps`, { body: configMap("loose") });
      const marked = await send("DELETE", path);
      expect(marked.body).toMatchObject({ status: { phase: "Terminating" }, spec: { finalizers: ["kubernetes"] } });
      const refused = await send("POST", `${path}/configmaps`, { body: configMap("late") });
      expect(refused.body).toMatchObject({
        code: 403,
        reason: "Forbidden",
        message: `configmaps "late" is forbidden: unable to create new content in namespace ${name} because it is being terminated`,
        details: {
          causes: [
            {
              reason: "NamespaceTerminating",
              message: `namespace ${name} is being terminated`,
              field: "metadata.namespace",
            },
          ],
        },
      });
      await gone(`${path}/configmaps/loose`);
      const told = async () => {
        const { body } = await send("GET", path);
        return body.status.conditions?.find(({ type }: { type: string }) => type === "NamespaceFinalizersRemaining")
          ?.message;
      };
      await at.eventually(
        async () =>
          (await told()) ===
          "Some content in the namespace has finalizers remaining: contract.slipway.dev/hold in 1 resource instances",
      );
      await send("PATCH", `${path}/configmaps/held`, { body: { metadata: { finalizers: null } }, type: PATCH.merge });
      await gone(path);
    });

    test("the system's namespaces stay", async () => {
      const { body } = await send("DELETE", "/api/v1/namespaces/kube-system");
      expect(body.message).toBe('namespaces "kube-system" is forbidden: this namespace may not be deleted');
    });
  });
}

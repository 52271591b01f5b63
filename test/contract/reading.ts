import { describe, expect, test } from "vitest";
import type { Connection } from "./connection.ts";
import { elsewhereIn } from "./elsewhere-in.ts";
import { fixture } from "./fixture.ts";
import { configMap, deployment, widget } from "./objects.ts";

export function reading(connect: () => Promise<Connection>): void {
  describe("reading", () => {
    const at = fixture(connect);
    const send: Connection["send"] = (...args) => at.server.send(...args);
    const names = (body: { items: { metadata: { name: string } }[] }) => body.items.map((item) => item.metadata.name);

    test("label selectors", async () => {
      const path = `${at.core}/configmaps`;
      for (const [name, labels] of Object.entries({
        s1: { sel: "1", env: "a" },
        s2: { sel: "1", env: "b" },
        s3: { sel: "1" },
      })) {
        await send("POST", path, { body: configMap(name, {}, { labels }) });
      }
      const found = async (selector: string) =>
        names((await send("GET", `${path}?labelSelector=${encodeURIComponent(`sel=1,${selector}`)}`)).body);
      expect(await found("env=a")).toEqual(["s1"]);
      expect(await found("env!=a")).toEqual(["s2", "s3"]);
      expect(await found("env in (a, b)")).toEqual(["s1", "s2"]);
      expect(await found("env notin (a)")).toEqual(["s2", "s3"]);
      expect(await found("!env")).toEqual(["s3"]);
      expect(await found("env")).toEqual(["s1", "s2"]);
    });

    test("field selectors, and those that are not supported", async () => {
      await send("POST", `${at.core}/secrets`, { body: { metadata: { name: "typed" }, type: "contract/x" } });
      await send("POST", `${at.core}/secrets`, { body: { metadata: { name: "untyped" } } });
      const found = await send("GET", `${at.core}/secrets?fieldSelector=type%3Dcontract/x`);
      expect(names(found.body)).toEqual(["typed"]);
      const named = await send("GET", `${at.core}/secrets?fieldSelector=metadata.name%3Dtyped`);
      expect(names(named.body)).toEqual(["typed"]);
      const reply = await send("GET", `${at.widgets}?fieldSelector=spec.color%3Dred`);
      expect([reply.status, reply.body.message]).toEqual([400, "field label not supported: spec.color"]);
    });

    test("a list of a namespace is of it alone, one of the cluster of all", async () => {
      const labels = { where: at.namespace };
      const elsewhere = await elsewhereIn(send, { name: at.namespace, labels });
      await send("POST", `${at.core}/secrets`, { body: { metadata: { name: "here", labels } } });
      const selector = `?labelSelector=where%3D${at.namespace}`;
      expect(names((await send("GET", `${at.core}/secrets${selector}`)).body)).toEqual(["here"]);
      const everywhere = names((await send("GET", `/api/v1/secrets${selector}`)).body);
      expect(everywhere.sort()).toEqual([at.namespace, "here"].sort());
      await elsewhere.remove();
    });

    test("pages are one consistent list", async () => {
      const path = `${at.core}/configmaps`;
      for (const name of ["p1", "p2", "p3"])
        await send("POST", path, { body: configMap(name, {}, { labels: { page: "1" } }) });
      const all = names((await send("GET", path)).body);
      const first = await send("GET", `${path}?limit=2`);
      expect(first.body.items).toHaveLength(2);
      expect(first.body.metadata.remainingItemCount).toBe(all.length - 2);
      await send("POST", path, { body: configMap("p9-after") });
      const second = await send(
        "GET",
        `${path}?limit=500&continue=${encodeURIComponent(first.body.metadata.continue)}`,
      );
      expect([...names(first.body), ...names(second.body)]).toEqual(all);
      expect(second.body.metadata.resourceVersion).toBe(first.body.metadata.resourceVersion);
      expect(second.body.metadata.continue ?? "").toBe("");
      const version = first.body.metadata.resourceVersion;
      const then = await send("GET", `${path}?resourceVersion=${version}&resourceVersionMatch=Exact`);
      expect(names(then.body)).toEqual(all);
      // How many are left it knows only where it does not have to look at each.
      const selected = await send("GET", `${path}?limit=1&labelSelector=page%3D1`);
      expect(selected.body.metadata.continue).not.toBe("");
      expect(selected.body.metadata.remainingItemCount).toBeUndefined();
    });

    test("items of built-in lists leave their kind out, custom ones say it", async () => {
      const list = await send("GET", `${at.core}/configmaps?limit=1`);
      expect(list.body).toMatchObject({ kind: "ConfigMapList", apiVersion: "v1" });
      expect(list.body.items[0].kind).toBeUndefined();
      await send("POST", at.widgets, { body: widget("listed", { color: "red" }) });
      const widgets = await send("GET", at.widgets);
      expect(widgets.body).toMatchObject({ kind: "WidgetList", items: [{ kind: "Widget" }] });
    });

    test("a version that is not yet is refused", async () => {
      const reply = await send("GET", `${at.core}/configmaps?resourceVersion=999999999`);
      expect([reply.status, reply.body.reason]).toEqual([504, "Timeout"]);
      expect(reply.body.message).toMatch(/^Timeout: Too large resource version: 999999999, current: \d+$/);
    });

    test("kubectl's tables", async () => {
      const accept = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
      await send("POST", `${at.apps}/deployments`, { body: deployment("tabled", 2) });
      const { body } = await send("GET", `${at.apps}/deployments/tabled`, { accept });
      expect(body.columnDefinitions.map(({ name }: { name: string }) => name)).toEqual([
        "Name",
        "Ready",
        "Up-to-date",
        "Available",
        "Age",
        "Containers",
        "Images",
        "Selector",
      ]);
      expect(body.rows[0].cells.toSpliced(4, 1)).toEqual(["tabled", "0/2", 0, 0, "app", "app:1", "app=tabled"]);
      expect(body.rows[0].object).toMatchObject({ kind: "PartialObjectMetadata", metadata: { name: "tabled" } });
      await send("POST", at.widgets, { body: widget("tabled", { color: "red" }) });
      const custom = await send("GET", `${at.widgets}/tabled`, { accept });
      expect(custom.body.rows[0].cells.slice(0, 3)).toEqual(["tabled", "red", null]);
    });

    test("metadata alone, of an object, of a list and of a page of it", async () => {
      const accept = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
      const ofOne = accept.replace("List", "");
      const labels = { bare: "1" };
      for (const name of ["bare-1", "bare-2"])
        await send("POST", `${at.core}/configmaps`, { body: configMap(name, { a: "1" }, { labels }) });
      const { body: list } = await send("GET", `${at.core}/configmaps?labelSelector=bare%3D1`, { accept });
      expect(list).toMatchObject({ kind: "PartialObjectMetadataList", apiVersion: "meta.k8s.io/v1" });
      expect(list.metadata.resourceVersion).toMatch(/^\d+$/);
      expect(list.items.map((each: object) => Object.keys(each).sort())).toEqual([
        ["apiVersion", "kind", "metadata"],
        ["apiVersion", "kind", "metadata"],
      ]);
      const kind = { kind: "PartialObjectMetadata", apiVersion: "meta.k8s.io/v1" };
      expect(list.items[0]).toMatchObject({ ...kind, metadata: { name: "bare-1", namespace: at.namespace, labels } });
      expect(list.items[0].metadata.managedFields).toBeDefined();
      const { body: page } = await send("GET", `${at.core}/configmaps?limit=1`, { accept });
      expect(page.items).toHaveLength(1);
      expect(page.metadata.continue).not.toBe("");
      const { body: one } = await send("GET", `${at.core}/configmaps/bare-1`, { accept: ofOne });
      expect(one).toMatchObject({ ...kind, metadata: { name: "bare-1", uid: list.items[0].metadata.uid } });
      expect(one.data).toBeUndefined();
      await send("POST", at.widgets, { body: widget("bare", { color: "red" }) });
      const { body: custom } = await send("GET", at.widgets, { accept });
      expect(custom.items[0]).toMatchObject({ ...kind, metadata: { name: expect.any(String) } });
      expect(custom.items[0].spec).toBeUndefined();
    });

    test("metadata of a list where there is one object, or the other way round, is refused", async () => {
      const accept = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
      await send("POST", `${at.core}/configmaps`, { body: configMap("refused") });
      const one = await send("GET", `${at.core}/configmaps/refused`, { accept });
      expect([one.status, one.body.reason]).toEqual([406, "NotAcceptable"]);
      expect(one.body.message).toMatch(
        /^you requested PartialObjectMetadataList, but the requested object is not a list/,
      );
      const list = await send("GET", `${at.core}/configmaps`, { accept: accept.replace("List", "") });
      expect([list.status, list.body.reason]).toEqual([406, "NotAcceptable"]);
      expect(list.body.message).toMatch(/^you requested PartialObjectMetadata, but the requested object is a list/);
    });

    test("discovery names the custom kind", async () => {
      const { body } = await send("GET", "/apis/contract.slipway.dev/v1");
      expect(body.resources).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ name: "widgets", kind: "Widget", shortNames: ["wd"], categories: ["contract"] }),
          expect.objectContaining({ name: "widgets/status" }),
          expect.objectContaining({ name: "widgets/scale", group: "autoscaling", kind: "Scale" }),
        ]),
      );
    });
  });
}

import { Watch } from "@kubernetes/client-node";
import { describe, expect, test } from "vitest";
import { type Connection, PATCH } from "./connection.ts";
import { fixture } from "./fixture.ts";
import { configMap, deployment, widget } from "./objects.ts";

interface Seen {
  type: string;
  // biome-ignore lint/suspicious/noExplicitAny: objects of every kind
  object: any;
}

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
      const found = await send("GET", `${at.core}/secrets?fieldSelector=type%3Dcontract/x`);
      expect(names(found.body)).toEqual(["typed"]);
      const named = await send("GET", `${at.core}/secrets?fieldSelector=metadata.name%3Dtyped`);
      expect(names(named.body)).toEqual(["typed"]);
      const reply = await send("GET", `${at.widgets}?fieldSelector=spec.color%3Dred`);
      expect([reply.status, reply.body.message]).toEqual([400, "field label not supported: spec.color"]);
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

    test("a watch tells what happened after a version, in order", async () => {
      const path = `${at.core}/configmaps`;
      const { body: list } = await send("GET", path);
      await send("POST", path, { body: configMap("seen", { a: "1" }, { labels: { watch: "1" } }) });
      await send("PATCH", `${path}/seen`, { body: { data: { a: "2" } }, type: PATCH.merge });
      await send("DELETE", `${path}/seen`);
      const seen = await watched(
        at.server,
        path,
        { resourceVersion: list.metadata.resourceVersion, labelSelector: "watch=1" },
        3,
      );
      expect(seen.map(({ type, object }) => [type, object.data.a])).toEqual([
        ["ADDED", "1"],
        ["MODIFIED", "2"],
        ["DELETED", "2"],
      ]);
    });

    test("an object that no longer matches is DELETED from a watch, one that comes to match is ADDED", async () => {
      const path = `${at.core}/configmaps`;
      const { body: list } = await send("GET", path);
      await send("POST", path, { body: configMap("moving") });
      await send("PATCH", `${path}/moving`, { body: { metadata: { labels: { moved: "1" } } }, type: PATCH.merge });
      await send("PATCH", `${path}/moving`, { body: { metadata: { labels: { moved: null } } }, type: PATCH.merge });
      const seen = await watched(
        at.server,
        path,
        { resourceVersion: list.metadata.resourceVersion, labelSelector: "moved=1" },
        2,
      );
      expect(seen.map(({ type }) => type)).toEqual(["ADDED", "DELETED"]);
    });

    test("a watch without a version begins with what is there", async () => {
      await send("POST", at.widgets, { body: widget("first", { color: "red" }, { labels: { initial: "1" } }) });
      const seen = await watched(at.server, at.widgets, { labelSelector: "initial=1" }, 1);
      expect(seen.map(({ type, object }) => [type, object.metadata.name])).toEqual([["ADDED", "first"]]);
    });

    test("a streamed list ends with a bookmark that says so", async () => {
      await send("POST", at.widgets, { body: widget("stream", { color: "red" }, { labels: { stream: "1" } }) });
      const query = {
        labelSelector: "stream=1",
        sendInitialEvents: true,
        allowWatchBookmarks: true,
        resourceVersionMatch: "NotOlderThan",
      };
      const seen = await watched(at.server, at.widgets, query, 2);
      expect(seen.map(({ type }) => type)).toEqual(["ADDED", "BOOKMARK"]);
      expect(seen[1]?.object.metadata.annotations).toEqual({ "k8s.io/initial-events-end": "true" });
    });

    test("a watch ends when its time is up", async () => {
      const reply = await send("GET", `${at.core}/configmaps?watch=true&timeoutSeconds=1&labelSelector=none%3D1`);
      expect(reply.status).toBe(200);
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

/** The first `count` events of a watch by the client library. */
async function watched(server: Connection, path: string, query: object, count: number): Promise<Seen[]> {
  const seen: Seen[] = [];
  await new Promise<void>((resolve, reject) => {
    const aborting = new Watch(server.config).watch(
      path,
      { timeoutSeconds: 10, ...query },
      (type, object) => {
        seen.push({ type, object });
        if (seen.length === count) void aborting.then((controller) => controller.abort());
      },
      (error) => (error === null || seen.length >= count ? resolve() : reject(error)),
    );
  });
  return seen;
}

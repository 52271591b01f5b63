import { Watch } from "@kubernetes/client-node";
import { describe, expect, test } from "vitest";
import { type Connection, PATCH } from "./connection.ts";
import { elsewhereIn } from "./elsewhere-in.ts";
import { fixture } from "./fixture.ts";
import { configMap, widget } from "./objects.ts";

interface Seen {
  type: string;
  // biome-ignore lint/suspicious/noExplicitAny: objects of every kind
  object: any;
}

export function watching(connect: () => Promise<Connection>): void {
  describe("watching", () => {
    const at = fixture(connect);
    const send: Connection["send"] = (...args) => at.server.send(...args);

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
      expect(versionsOf(seen)).toEqual(ascending(versionsOf(seen)));
    });

    test("a watch goes on with what comes while it stands: of its namespace and kind alone, each at a newer version", async () => {
      const path = `${at.core}/secrets`;
      const { body: list } = await send("GET", path);
      const { resourceVersion } = list.metadata;
      await send("POST", path, { body: { metadata: { name: "stands" } } });
      const seen = await watched(at.server, path, { resourceVersion }, 3, async () => {
        await (await elsewhereIn(send, { name: at.namespace })).remove();
        await send("POST", `${at.core}/configmaps`, { body: configMap("of-another-kind") });
        await send("PATCH", `${path}/stands`, { body: { metadata: { labels: { a: "b" } } }, type: PATCH.merge });
        await send("DELETE", `${path}/stands`);
      });
      expect(seen.map(({ type, object }) => [type, object.metadata.name])).toEqual([
        ["ADDED", "stands"],
        ["MODIFIED", "stands"],
        ["DELETED", "stands"],
      ]);
      const versions = [Number(resourceVersion), ...versionsOf(seen)];
      expect(versions).toEqual(ascending(versions));
    });

    test("a watch that takes bookmarks is told the version before its time is up, and no other is", async () => {
      const path = `${at.core}/configmaps`;
      const { resourceVersion } = (await send("GET", path)).body.metadata;
      // Two seconds before the end: https://github.com/kubernetes/kubernetes/blob/v1.34.4/staging/src/k8s.io/apiserver/pkg/storage/cacher/cache_watcher.go (nextBookmarkTime)
      const query = { resourceVersion, labelSelector: "none=1", timeoutSeconds: 4 };
      const [told, others] = await Promise.all([
        watched(at.server, path, { ...query, allowWatchBookmarks: true }, Number.POSITIVE_INFINITY),
        watched(at.server, path, query, Number.POSITIVE_INFINITY),
      ]);
      expect(told.map(({ type }) => type)).toContain("BOOKMARK");
      for (const version of versionsOf(told)) expect(version).toBeGreaterThanOrEqual(Number(resourceVersion));
      expect(others).toEqual([]);
    });

    test("a watch from a version that is forgotten is told so in its stream", async () => {
      at.server.forget?.();
      const [first] = await watched(at.server, at.widgets, { resourceVersion: "1" }, 1);
      expect(first).toEqual({
        type: "ERROR",
        object: {
          kind: "Status",
          apiVersion: "v1",
          metadata: {},
          status: "Failure",
          message: expect.stringMatching(/^too old resource version: 1 \(\d+\)$/),
          reason: "Expired",
          code: 410,
        },
      });
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

    test("a watch of metadata alone tells no more, in its bookmarks too", async () => {
      const path = `${at.core}/configmaps`;
      await send("POST", path, { body: configMap("bare", { a: "1" }, { labels: { bare: "watched" } }) });
      const query = new URLSearchParams({
        watch: "true",
        labelSelector: "bare=watched",
        sendInitialEvents: "true",
        allowWatchBookmarks: "true",
        resourceVersionMatch: "NotOlderThan",
        timeoutSeconds: "2",
      });
      const accept = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
      const { body } = await send("GET", `${path}?${query}`, { accept });
      const seen: Seen[] = String(body)
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line));
      expect(seen.slice(0, 2).map(({ type }) => type)).toEqual(["ADDED", "BOOKMARK"]);
      for (const { object } of seen) {
        expect(Object.keys(object).sort()).toEqual(["apiVersion", "kind", "metadata"]);
        expect(object).toMatchObject({ kind: "PartialObjectMetadata", apiVersion: "meta.k8s.io/v1" });
        expect(object.metadata.resourceVersion).toMatch(/^\d+$/);
      }
      expect(seen[0]?.object.metadata).toMatchObject({ name: "bare", labels: { bare: "watched" } });
    });

    test("a watch ends when its time is up", async () => {
      const reply = await send("GET", `${at.core}/configmaps?watch=true&timeoutSeconds=1&labelSelector=none%3D1`);
      expect(reply.status).toBe(200);
    });
  });
}

/** The first `count` events of a watch by the client library, or all until it ends; `onFirst`: it stands now. */
async function watched(
  server: Connection,
  path: string,
  query: object,
  count: number,
  onFirst: () => Promise<void> = async () => {},
): Promise<Seen[]> {
  const seen: Seen[] = [];
  await new Promise<void>((resolve, reject) => {
    const aborting = new Watch(server.config).watch(
      path,
      { timeoutSeconds: 10, ...query },
      (type, object) => {
        seen.push({ type, object });
        if (seen.length === 1) onFirst().catch(reject);
        if (seen.length === count) void aborting.then((controller) => controller.abort());
      },
      (error) => (error === null || seen.length >= count ? resolve() : reject(error)),
    );
  });
  return seen;
}

const versionsOf = (seen: Seen[]) => seen.map(({ object }) => Number(object.metadata.resourceVersion));
const ascending = (versions: number[]) => [...new Set(versions)].sort((left, right) => left - right);

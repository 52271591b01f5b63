import { describe, expect, test } from "vitest";
import { createConsole } from "../../../src/sandbox/console/create-console.ts";
import type { WorldView } from "../../../src/sandbox/console/world-view.ts";

const world: WorldView = {
  clock: { now: "2026-01-01T10:00:00Z", speed: 4 },
  scenarios: [],
  repositories: [],
  objects: [],
  calls: [],
  links: [],
};

function consoleWith(done: string[] = []) {
  return createConsole({
    worldView: async () => world,
    actions: {
      setSpeed: (speed) => {
        done.push(`speed ${speed}`);
      },
      startScenario: async (name) => {
        if (name === "unknown") throw new Error('no scenario "unknown"');
        done.push(`start ${name}`);
      },
      stopScenario: (name) => {
        done.push(`stop ${name}`);
      },
    },
  });
}

const post = (path: string, body: unknown) =>
  new Request(`http://sandbox${path}`, { method: "POST", body: JSON.stringify(body) });

describe("the console's routes", () => {
  test("everything that the page loads is there, as JavaScript without types", async () => {
    const console = consoleWith();
    const html = await (await console.request("/")).text();
    const queue = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path ?? "");
    const importMap: { imports: Record<string, string> } = JSON.parse(
      /<script type="importmap">(.*?)<\/script>/.exec(html)?.[1] ?? "",
    );
    const seen = new Set<string>();
    for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
      if (seen.has(path)) continue;
      seen.add(path);
      const response = await console.request(path);
      expect(response.status, path).toBe(200);
      expect(response.headers.get("cache-control"), path).toContain("immutable");
      if (!response.headers.get("content-type")?.startsWith("text/javascript")) continue;
      const source = await response.text();
      expect(source, path).not.toMatch(/^(?:import type|interface |export interface |type )/m);
      for (const [, name = ""] of source.matchAll(/(?:from|import)\s*"([^"]+)"/g)) {
        const target = name.startsWith(".") ? new URL(name, `http://sandbox${path}`).pathname : importMap.imports[name];
        expect(target, `${name}, imported by ${path}`).toBeDefined();
        queue.push(target ?? "");
      }
    }
    expect(seen.size).toBeGreaterThan(50);
  });

  test("scripts run from this origin only", async () => {
    const policy = (await consoleWith().request("/")).headers.get("content-security-policy");
    expect(policy).toMatch(/script-src 'self' 'sha256-[^']+'(?:;|$)/);
    expect(policy).not.toContain("unsafe");
  });

  test("nothing but the page's own files is served", async () => {
    for (const path of [
      "/page/../create-console.ts",
      "/page/%2e%2e/serve-page.ts",
      "/page/tsconfig.json",
      "/page/vendor/hono.js",
    ]) {
      expect((await consoleWith().request(path)).status, path).toBe(404);
    }
  });

  test("the world is read and changed", async () => {
    const done: string[] = [];
    const console = consoleWith(done);
    expect(await (await console.request("/world")).json()).toEqual(world);
    await console.request(post("/world/speed", { speed: 20 }));
    await console.request(post("/world/start-scenario", { name: "blocked-port" }));
    await console.request(post("/world/stop-scenario", { name: "blocked-port" }));
    expect(done).toEqual(["speed 20", "start blocked-port", "stop blocked-port"]);
  });

  test("what is asked wrongly, or fails, is told in words", async () => {
    const console = consoleWith();
    const wrong = await console.request(post("/world/speed", { speed: -1 }));
    expect([wrong.status, await wrong.json()]).toEqual([400, { error: expect.stringContaining("speed") }]);
    const failed = await console.request(post("/world/start-scenario", { name: "unknown" }));
    expect([failed.status, await failed.json()]).toEqual([409, { error: 'no scenario "unknown"' }]);
    expect((await console.request(post("/world/explode", {}))).status).toBe(404);
  });
});

import { Counter, Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import type { Listening } from "../../src/http/listen.ts";
import { startHttp } from "../../src/http/start-http.ts";
import { startMetrics } from "../../src/http/start-metrics.ts";

async function using<T>(starting: Promise<Listening>, use: (url: string) => Promise<T>): Promise<T> {
  const { url, close } = await starting;
  try {
    return await use(url);
  } finally {
    await close();
  }
}

describe("startHttp", () => {
  it("hands each request to the route of its method and path", async () => {
    const routes = ["/github/webhooks", "/slack/events"].map((path) => ({
      method: "POST",
      path,
      handler: (_: unknown, response: { end(text: string): void }) => response.end(path),
    }));
    await using(startHttp({ port: 0, routes }), async (url) => {
      expect(await (await fetch(`${url}/slack/events?x=1`, { method: "POST" })).text()).toBe("/slack/events");
      expect(await (await fetch(`${url}/github/webhooks`, { method: "POST" })).text()).toBe("/github/webhooks");
      const other = await fetch(`${url}/slack/events`);
      expect([other.status, other.headers.get("allow")]).toEqual([405, "POST"]);
      expect((await fetch(`${url}/`)).status).toBe(404);
    });
  });
});

describe("startMetrics", () => {
  it("gives Prometheus its text", async () => {
    const registry = new Registry();
    new Counter({ name: "slipway_launches_total", help: "Launches", registers: [registry] }).inc(3);
    const ready = () => ({ ok: true, problems: [] });
    await using(startMetrics({ port: 0, registry, ready }), async (url) => {
      const answer = await fetch(`${url}/metrics`);
      expect(answer.headers.get("content-type")).toContain("text/plain; version=0.0.4");
      expect(await answer.text()).toContain("slipway_launches_total 3");
      expect((await fetch(`${url}/metrics`, { method: "POST" })).status).toBe(405);
    });
  });

  it("is alive while it answers, and ready only when nothing is wrong, which it says in words", async () => {
    let problems = ["GitHub refuses the token (github-token-invalid)", "the cluster does not answer"];
    const ready = () => ({ ok: problems.length === 0, problems });
    await using(startMetrics({ port: 0, registry: new Registry(), ready }), async (url) => {
      expect((await fetch(`${url}/healthz`)).status).toBe(200);
      const not = await fetch(`${url}/readyz`);
      expect(not.status).toBe(503);
      expect(await not.text()).toBe(`not ready\n${problems.join("\n")}\n`);
      problems = [];
      expect((await fetch(`${url}/readyz`)).status).toBe(200);
    });
  });
});

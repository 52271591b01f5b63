import { Globalping } from "globalping";
import { afterEach, describe, expect, test, vi } from "vitest";
import { createAgentVantage } from "../../src/probes/create-agent-vantage.ts";
import { createGlobalpingVantage } from "../../src/probes/create-globalping-vantage.ts";
import { answerWith, FAULTS, type Fault } from "../builders/faults.ts";
import { serve } from "../github/serve.ts";

const url = "http://rrr.example.com/";
/** Of another kind: JSON, but not what was asked for. */
const OTHERS = [{}, [], { outcome: { state: "answered" } }, { id: 7, results: {} }, { results: [{ result: "ok" }] }];

describe("an agent's answer", () => {
  const looked = {
    from: "vantage",
    target: { host: "rrr.example.com", port: 80, path: "/", tls: false },
    at: "2026-03-01T10:00:00Z",
    outcome: { state: "answered", status: 200, body: "", milliseconds: 1 },
  };

  test.each(FAULTS)("that is not whole (%s) has taught nothing, and the next look is as good as any", async (fault) => {
    const state: { fault: Fault | undefined } = { fault };
    await using server = await serve((request, response) => {
      request.resume();
      answerWith(state.fault, response, JSON.stringify(looked));
    });
    const vantage = createAgentVantage({ url: server.url, secret: "s", name: "paris" });
    expect((await vantage.probe({ url })).outcome).toMatchObject({ state: "unknown" });
    state.fault = undefined;
    expect((await vantage.probe({ url })).outcome).toMatchObject({ state: "answered", status: 200 });
  });

  test("of another kind has taught nothing", async () => {
    for (const other of OTHERS) {
      await using server = await serve((_, response) => answerWith(undefined, response, JSON.stringify(other)));
      const vantage = createAgentVantage({ url: server.url, secret: "s", name: "paris" });
      expect((await vantage.probe({ url })).outcome).toEqual({
        state: "unknown",
        detail: "paris answers something else",
      });
    }
  });

  test("that is a page of something in between is told without the page", async () => {
    await using server = await serve((_, response) => answerWith("HTML", response, "", 502));
    const vantage = createAgentVantage({ url: server.url, secret: "s", name: "paris" });
    expect((await vantage.probe({ url })).outcome).toEqual({ state: "unknown", detail: "paris answers 502" });
  });

  test.each(FAULTS)("to whether it would look that is not whole (%s) is no yes", async (fault) => {
    await using server = await serve((_, response) => answerWith(fault, response, '{"error":"url: missing"}', 400));
    const vantage = createAgentVantage({ url: server.url, secret: "s", name: "paris" });
    expect(await vantage.refusal?.()).toMatch(/^paris/);
  });
});

describe("Globalping's answer", () => {
  afterEach(() => void vi.unstubAllGlobals());

  const ANSWERS: [RegExp, object][] = [
    [/^POST .*\/measurements$/, { id: "m1", probesCount: 1 }],
    [
      /^GET .*\/measurements\/m1$/,
      {
        id: "m1",
        status: "finished",
        results: [{ result: { status: "finished", rawOutput: "", statusCode: 200, rawBody: "" } }],
      },
    ],
    [/^GET .*\/limits$/, { rateLimit: { measurements: { create: { remaining: 5, reset: 60 } } } }],
  ];

  /** Its own client, whose address is fixed, and what it asks coming to us. */
  async function globalping(broken: RegExp, fault: Fault | undefined, other?: unknown) {
    const state = { broken: true };
    const server = await serve((request, response) => {
      request.resume();
      const asked = `${request.method} ${request.url}`;
      const [pattern, answer] = ANSWERS.find(([each]) => each.test(asked)) ?? [];
      const isBroken = state.broken && pattern?.source === broken.source;
      answerWith(
        isBroken ? fault : undefined,
        response,
        JSON.stringify(isBroken && other !== undefined ? other : answer),
      );
    });
    const { fetch } = globalThis;
    vi.stubGlobal("fetch", (request: Request) =>
      fetch(new Request(request.url.replace("https://api.globalping.io", server.url), request)),
    );
    return {
      ...createGlobalpingVantage({ client: new Globalping() }),
      mend: () => {
        state.broken = false;
      },
      [Symbol.asyncDispose]: () => server.close(),
    };
  }

  const patterns = ANSWERS.map(([pattern]) => pattern);
  test.each(FAULTS.flatMap((fault) => patterns.map((pattern) => [pattern, fault] as const)))(
    "to %s that is not whole (%s) has taught nothing",
    async (pattern, fault) => {
      await using vantage = await globalping(pattern, fault);
      const look = async () => {
        if (pattern.source.includes("limits")) return (await vantage.refusal?.()) === undefined;
        return (await vantage.probe({ url })).outcome.state !== "unknown";
      };
      expect(await look()).toBe(false);
      vantage.mend();
      expect(await look()).toBe(true);
    },
  );

  test("of another kind has taught nothing", async () => {
    for (const pattern of patterns)
      for (const other of OTHERS) {
        await using vantage = await globalping(pattern, undefined, other);
        if (pattern.source.includes("limits"))
          expect(await vantage.refusal?.()).toBe("Globalping: Globalping answers something else");
        else expect((await vantage.probe({ url })).outcome).toMatchObject({ state: "unknown" });
        vi.unstubAllGlobals();
      }
  });
});

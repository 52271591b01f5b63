import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { diagnose } from "../../src/diagnosis/diagnose.ts";
import { observe } from "../../src/diagnosis/observe.ts";
import { rules } from "../../src/diagnosis/rules/index.ts";
import { condition } from "../builders/objects.ts";
import { settings } from "../builders/settings.ts";
import { createWorld } from "../builders/world/create-world.ts";

/** Milliseconds that a pass looks around, at most. */
const PASS = 8_000;

const CUT = "failed to checkout and determine revision: dial tcp 20.205.243.166:443: i/o timeout";

/** So many calls are answered, and then none: of the same server, whichever of its ports is asked. */
function answering(calls: number) {
  let count = 0;
  const asked = () => count;
  const limited = <Port extends object>(port: Port): Port =>
    new Proxy(port, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key);
        if (typeof value !== "function") return value;
        return (...args: unknown[]): unknown => {
          count += 1;
          return count > calls ? new Promise(() => {}) : Reflect.apply(value, target, args);
        };
      },
    });
  return { asked, limited };
}

/** Live; its newest build has failed, so that there is all to ask about it; and Flux does not get to GitHub. */
async function ill() {
  const world = createWorld({ outside: true });
  world.github.build.seconds = 6;
  await world.create();
  await world.live();
  world.github.build.conclusion = "failure";
  world.github.push("acme/rrr", "Broken");
  await world.pass();
  world.wait(60);
  const source = world.cluster.objects.get("GitRepository/rrr/rrr") ?? expect.fail();
  source.status = {
    ...(source.status as object),
    conditions: [condition("Ready", "False", "GitOperationFailed", CUT)],
  };
  return { world, project: world.projects.stored.get("rrr") ?? expect.fail() };
}

describe("a pass waits for nobody", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test("however many calls GitHub and the registry answer before they hang, it has looked everywhere in 8 s", async () => {
    const { world, project } = await ill();
    const { ports } = world.controller;
    const look = async (calls: number) => {
      const { asked, limited } = answering(calls);
      const github = limited(ports.github);
      const registry = limited(ports.registry);
      const seen = observe(project, settings(), { ...ports, github, registry }, {});
      const began = performance.now();
      const took = seen.then(() => performance.now() - began);
      await vi.advanceTimersByTimeAsync(60_000);
      return { took: await took, facts: await seen, asked: asked() };
    };
    const all = await look(Number.POSITIVE_INFINITY);
    expect(all).toMatchObject({ took: 0, facts: { failure: { known: true, value: { job: expect.any(String) } } } });
    for (let calls = 0; calls < all.asked; calls += 1) {
      const { took, facts } = await look(calls);
      expect(took, `with ${calls} answers`).toBeLessThanOrEqual(PASS);
      const { findings } = diagnose(rules, { project, settings: settings(), facts });
      expect(findings.map(({ code }) => code)).toContain("flux-source-timeout");
      // What did not come is not known, and says why.
      const unknown = Object.values(facts).flatMap((each) =>
        typeof each === "object" && "known" in each && !each.known ? [each.reason] : [],
      );
      for (const reason of unknown)
        expect(
          ["github", "registry"].flatMap((whom) => [
            { because: "Late", seconds: 5, of: "look", whom },
            { because: "Late", seconds: 8, of: "pass", whom },
          ]),
        ).toContainEqual(reason);
    }
  });
});

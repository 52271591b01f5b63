import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startOutsideVantage } from "../start-outside-vantage.ts";
import { startRealWorld } from "../start-real-world.ts";
import type { Testbed } from "../testbed.ts";
import { until } from "../until.ts";
import type { Living } from "./fault.ts";

const SECRET = "a-secret-for-the-outside-vantage";
/** The sandbox's, which has no certificates on a real cluster. */
const DOMAIN = "sandbox.test";

/** A real cluster, somebody who looks from outside, and projects that live there. */
export interface LivingWorld {
  /**
   * A project, launched when it is asked for first. One after another, so that those that live already are not slowed by
   * all the others at once.
   */
  live(name: string): Promise<Living>;
  close(): Promise<void>;
}

export async function startLiving(at: Testbed): Promise<LivingWorld> {
  const work = await mkdtemp(join(tmpdir(), "slipway-living-"));
  const vantage = await startOutsideVantage(at.program, SECRET);
  process.env.VANTAGES = `outside=${vantage.url}`;
  process.env.VANTAGE_SECRET = SECRET;
  const world = await startRealWorld(at);
  const launched = new Map<string, Promise<Living>>();
  let before: Promise<unknown> = Promise.resolve();

  async function launch(name: string): Promise<Living> {
    await at.testbed("dns", "set", `${name}.${DOMAIN}`, at.node);
    await world.say(`/project create ${name} template=node-service`);
    await until(180, `${name} live`, () => world.messagesOf(name)[0]?.lines[0]?.includes("· live"));
    return { name, at, world, work };
  }

  return {
    live(name) {
      const known = launched.get(name);
      if (known) return known;
      const next = before.then(() => launch(name));
      before = next.catch(() => undefined);
      launched.set(name, next);
      return next;
    },
    async close() {
      const names = [...launched.keys()];
      await at.testbed("firewall", "open", "80");
      for (const name of names)
        await at.kubectl("-n", "slipway-system", "delete", "project", name, "--ignore-not-found");
      if (names.length > 0) await at.kubectl("delete", "namespace", ...names, "--ignore-not-found", "--timeout=90s");
      for (const name of names) await at.testbed("dns", "unset", `${name}.${DOMAIN}`);
      await world.sandbox.close();
      await vantage.close();
      await rm(work, { recursive: true, force: true });
    },
  };
}

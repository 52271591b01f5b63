import type { Check, Found } from "../check.ts";

/** Who reconciles, posts to Slack and runs what is done by the clock? */
export const leader: Check = {
  name: "leader",
  async run({ lease, identity, ports: { clock }, settings: { namespace } }): Promise<Found> {
    const found = await lease.read();
    const record = found?.record;
    if (!record || record.holder === "") return { state: "failed", reason: "leader-missing", params: { namespace } };
    const seconds = Math.round((clock.now().getTime() - record.renewedAt.getTime()) / 1000);
    // By the wall clock, which is good enough to tell a person: clocks of two machines differ by less than a minute.
    if (seconds > record.durationSeconds + 60)
      return { state: "failed", reason: "leader-missing", params: { namespace, holder: record.holder, seconds } };
    const here = identity === undefined ? "" : identity === record.holder ? "itself" : identity;
    return { state: "ok", reason: "LeaderHolds", params: { holder: record.holder, here } };
  },
};

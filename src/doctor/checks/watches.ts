import type { Check, Found } from "../check.ts";

/** What the API server answers of a kind that it does not serve: bare text, no Status. */
const ABSENT = /^HTTP 404$/;

/** Is what the bot knows of the cluster still true? One line when all are in step; else which are not, and since when. */
export const watches: Check = {
  name: "watches",
  async run({ watches: read, ports: { clock } }): Promise<Found> {
    const states = await read();
    const stale = states.filter(({ problem }) => problem !== undefined);
    const ago = (at: Date | undefined) => Math.round((clock.now().getTime() - (at ?? clock.now()).getTime()) / 1000);
    if (stale.length === 0) {
      const seconds = Math.max(0, ...states.map(({ heardAt }) => ago(heardAt)));
      const objects = states.reduce((sum, each) => sum + each.objects, 0);
      return { state: "ok", reason: "WatchesInStep", params: { count: states.length, objects, seconds } };
    }
    const since = stale.flatMap(({ outSince }) => outSince ?? []).sort((a, b) => a.getTime() - b.getTime())[0];
    const reasons = [
      ...new Set(
        stale.map(({ kind, problem = "" }) =>
          ABSENT.test(problem) ? `${problem}: ${kind} is not installed` : problem,
        ),
      ),
    ].join("; ");
    return {
      state: "failed",
      reason: "watch-stale",
      params: {
        kinds: stale.map(({ kind }) => kind).join(", "),
        stale: stale.length,
        count: states.length,
        seconds: ago(since),
      },
      evidence: reasons,
    };
  },
};

import type { Check, Found } from "../check.ts";

/** Does everybody who should look from outside answer? */
export const vantages: Check = {
  name: "vantages",
  async run({ ports }): Promise<Found> {
    const outside = ports.vantages.filter(({ side }) => side === "outside");
    if (outside.length === 0) return { state: "unknown", reason: "OutsideUnwatched" };
    const asked = await Promise.all(outside.map(async ({ name, refusal }) => ({ name, refused: await refusal?.() })));
    const silent = asked.filter(({ refused }) => refused !== undefined);
    if (silent.length === 0)
      return { state: "ok", reason: "VantagesAnswer", params: { names: outside.map(({ name }) => name).join(", ") } };
    return {
      state: "failed",
      reason: "vantage-silent",
      params: { names: silent.map(({ name }) => name).join(", ") },
      evidence: silent.map(({ refused }) => refused).join("; "),
    };
  },
};

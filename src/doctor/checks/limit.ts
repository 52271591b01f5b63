import type { Check, Found } from "../check.ts";

/** A tenth is enough for some launches, and time to act. */
const LOW = 0.1;

/** How many requests has GitHub left for us? Apart from the rights, as it is well or ill for itself. */
export const limit: Check = {
  name: "limit",
  async run({ ports, settings: { owner } }): Promise<Found> {
    const { limit: told } = await ports.github.standing(owner);
    if (!told) return { state: "ok", reason: "LimitUntold" };
    const params = { left: told.left, of: told.of, until: told.resetsAt.toISOString().slice(11, 16) };
    if (told.left === 0) return { state: "failed", reason: "github-rate-limited", params };
    return { state: told.left < told.of * LOW ? "warning" : "ok", reason: "LimitLeft", params };
  },
};

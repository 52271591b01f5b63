import { Problem } from "../../project/problem.ts";
import type { Check, Found } from "../check.ts";

/** Does it answer, and how soon? */
export const apiServer: Check = {
  name: "api-server",
  async run({ version, ports: { clock } }): Promise<Found> {
    const begun = clock.now().getTime();
    try {
      const params = { version: await version(), milliseconds: clock.now().getTime() - begun };
      return { state: "ok", reason: "ApiServerAnswers", params };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return { state: "failed", reason: error.code, params: error.params, evidence: error.evidence };
    }
  },
};

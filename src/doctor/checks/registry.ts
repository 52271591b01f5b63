import { Problem } from "../../project/problem.ts";
import type { Check, Found } from "../check.ts";

/** Does the registry answer, and take the credentials that images are pulled with? */
export const registry: Check = {
  name: "registry",
  async run({ ports, settings: { registryHost: host } }): Promise<Found> {
    try {
      await ports.registry.check();
      return { state: "ok", reason: "RegistryAnswers", params: { host } };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return { state: "failed", reason: error.code, params: error.params, evidence: error.evidence };
    }
  },
};

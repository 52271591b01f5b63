import { Problem } from "../../project/problem.ts";
import type { Check, Found } from "../check.ts";

/** Who are the credentials, and may they do what a launch does? */
export const github: Check = {
  name: "github",
  async run({ ports, settings: { owner } }): Promise<Found> {
    try {
      const [standing, account] = await Promise.all([ports.github.standing(owner), ports.github.owner(owner)]);
      const { login, kind, missing } = standing;
      if (!account) return { state: "failed", reason: "owner-unknown", params: { owner } };
      if (missing === undefined) return { state: "warning", reason: "GitHubRightsUntold", params: { login, owner } };
      if (missing.length > 0)
        return {
          state: "failed",
          reason: "github-rights-missing",
          params: { login, rights: missing.join(", "), kind },
        };
      return { state: "ok", reason: kind === "app" ? "GitHubByApp" : "GitHubByToken", params: { login, owner } };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return { state: "failed", reason: error.code, params: error.params, evidence: error.evidence };
    }
  },
};

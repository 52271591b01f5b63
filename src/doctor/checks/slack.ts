import type { Check, Found } from "../check.ts";

/** Does Slack take the token, with all the scopes, and does what people type arrive? */
export const slack: Check = {
  name: "slack",
  async run({ slack: look }): Promise<Found> {
    const state = await look();
    if (!state.ok) return { state: "failed", reason: state.code, evidence: state.detail };
    const { user, team, way, missing = [] } = state;
    if (missing.length > 0) return { state: "failed", reason: "slack-scope-missing", evidence: missing.join(", ") };
    return { state: "ok", reason: way === "socket" ? "SlackBySocket" : "SlackByHttp", params: { user, team } };
  },
};

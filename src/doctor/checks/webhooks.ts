import { evidenceOf } from "../../facts/evidence-of.ts";
import type { Check, Found } from "../check.ts";

/** Can GitHub tell us of a push? Without an address of our own it is asked. */
export const webhooks: Check = {
  name: "webhooks",
  async run({ settings: { publicUrl }, ports: { vantages } }): Promise<Found> {
    if (publicUrl === undefined) return { state: "warning", reason: "WebhooksUnused" };
    const url = `${publicUrl}/github/webhooks`;
    const looks = await Promise.all(
      vantages.filter(({ side }) => side === "outside").map((vantage) => vantage.probe({ url })),
    );
    const told = looks.filter(({ outcome }) => outcome.state !== "unknown");
    const reached = told.find(({ outcome }) => outcome.state === "answered");
    if (reached) return { state: "ok", reason: "WebhooksReachUs", params: { url: publicUrl, vantage: reached.from } };
    const [first] = told;
    if (!first) return { state: "unknown", reason: "WebhooksUntried", params: { url: publicUrl } };
    return {
      state: "failed",
      reason: "public-url-unreachable",
      params: { url: publicUrl, vantage: first.from, outcome: first.outcome.state },
      evidence: evidenceOf(first),
    };
  },
};

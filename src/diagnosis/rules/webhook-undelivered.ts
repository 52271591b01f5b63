import { webhookRule } from "../webhook-rule.ts";

/** What GitHub sends does not get here, or is not taken. */
export const webhookUndelivered = webhookRule("webhook-undelivered", "undelivered");

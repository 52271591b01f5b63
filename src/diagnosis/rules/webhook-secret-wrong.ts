import { webhookRule } from "../webhook-rule.ts";

/** What GitHub sends is refused, also after our secret was written again. */
export const webhookSecretWrong = webhookRule("webhook-secret-wrong", "unsigned");

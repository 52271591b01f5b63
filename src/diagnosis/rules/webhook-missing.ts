import { webhookRule } from "../webhook-rule.ts";

/** Somebody removed it, and it could not be made again. */
export const webhookMissing = webhookRule("webhook-missing", "gone");

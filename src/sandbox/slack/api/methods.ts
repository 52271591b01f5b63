import { auth } from "./auth.ts";
import { channels } from "./channels.ts";
import { chat } from "./chat.ts";
import { conversations } from "./conversations.ts";
import type { Method } from "./define-method.ts";
import { reactions } from "./reactions.ts";
import { users } from "./users.ts";
import { validate } from "./validate.ts";
import { views } from "./views.ts";

/** Every method of the Web API that the sandbox answers. */
export const methods: Record<string, Method> = {
  ...auth,
  ...channels,
  ...chat,
  ...conversations,
  ...reactions,
  ...users,
  ...validate,
  ...views,
};

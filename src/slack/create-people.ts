import type { WebClient } from "@slack/web-api";
import type { People } from "../project/ports/people.ts";
import type { Clock } from "./clock.ts";
import { refusalOf } from "./deliver/refusal-of.ts";

/** How long an answer is good: people who are there stay, others may join. */
const GOOD_MS = { found: 24 * 3_600_000, nobody: 3_600_000, unanswered: 60_000 };
const KNOWN = 1_000;

/** GitHub's own for people who keep theirs private. https://docs.github.com/en/account-and-profile/reference/email-addresses-reference */
const NOBODYS = /@users\.noreply\.github\.com$/i;

/**
 * People by their e-mail: users.lookupByEmail, tier 3, scope users:read.email, `users_not_found` where there is none
 * (https://docs.slack.dev/reference/methods/users.lookupByEmail). An app that lacks the scope knows nobody.
 */
export function createPeople(client: WebClient, clock: Clock): People {
  /** The oldest first. */
  const known = new Map<string, { id: string | undefined; until: number }>();

  async function ask(email: string): Promise<{ id: string | undefined; good: number }> {
    try {
      const { user } = await client.users.lookupByEmail({ email });
      const here = user?.deleted ? undefined : user?.id;
      return { id: here, good: here === undefined ? GOOD_MS.nobody : GOOD_MS.found };
    } catch (error) {
      const refusal = refusalOf(error);
      const isFinal = refusal.kind === "problem" || (refusal.kind === "other" && refusal.detail === "users_not_found");
      return { id: undefined, good: isFinal ? GOOD_MS.nobody : GOOD_MS.unanswered };
    }
  }

  return {
    async idOf(email) {
      if (NOBODYS.test(email)) return undefined;
      const now = clock.now().getTime();
      const before = known.get(email);
      if (before && now < before.until) return before.id;
      const { id, good } = await ask(email);
      known.delete(email);
      known.set(email, { id, until: now + good });
      for (const oldest of known.keys()) if (known.size > KNOWN) known.delete(oldest);
      return id;
    },
  };
}

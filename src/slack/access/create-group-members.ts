import type { WebClient } from "@slack/web-api";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";

/** usergroups.users.list is tier 2 (20 a minute), and groups change seldom. */
const FRESH = 5 * 60_000;

/**
 * Members of a user group. A group that cannot be read has none: nobody gains a right by an outage. What was read
 * before stays good during one. Free plans have no groups (`plan_upgrade_required`).
 */
export function createGroupMembers(client: WebClient, clock: Clock, log: Log): (group: string) => Promise<string[]> {
  const known = new Map<string, { at: number; users: string[] }>();
  return async (group) => {
    const now = clock.now().getTime();
    const cached = known.get(group);
    if (cached && now - cached.at < FRESH) return cached.users;
    try {
      const { users = [] } = await client.usergroups.users.list({ usergroup: group });
      known.set(group, { at: now, users });
      return users;
    } catch (error) {
      log.warn({ err: error, group }, "a user group could not be read");
      return cached?.users ?? [];
    }
  };
}

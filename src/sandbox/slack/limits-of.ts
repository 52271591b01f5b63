export interface Limit {
  key: string;
  /** Calls that may come at once. */
  burst: number;
  perMinute: number;
}

type Tier = 1 | 2 | 3 | 4;

/** "1+, 20+, 50+, 100+ per minute", bursts tolerated. https://docs.slack.dev/apis/web-api/rate-limits */
const TIERS: Record<Tier, { burst: number; perMinute: number }> = {
  1: { burst: 10, perMinute: 1 },
  2: { burst: 20, perMinute: 20 },
  3: { burst: 50, perMinute: 50 },
  4: { burst: 100, perMinute: 100 },
};

/** Each method's tier as its reference page names it; the others are "special". */
const METHODS: Record<string, Tier> = {
  "apps.connections.open": 1,
  "blocks.validate": 3,
  "bots.info": 3,
  "chat.delete": 3,
  "chat.postEphemeral": 4,
  "chat.update": 3,
  "conversations.create": 2,
  "conversations.archive": 2,
  "conversations.history": 3,
  "conversations.info": 3,
  "conversations.invite": 3,
  "conversations.join": 3,
  "conversations.leave": 3,
  "conversations.list": 2,
  "conversations.members": 4,
  "conversations.open": 3,
  "conversations.rename": 2,
  "conversations.replies": 3,
  "emoji.list": 2,
  "conversations.unarchive": 2,
  "conversations.setTopic": 2,
  "conversations.setPurpose": 2,
  "reactions.add": 3,
  "reactions.get": 3,
  "reactions.remove": 2,
  "team.info": 3,
  "usergroups.list": 2,
  "usergroups.users.list": 2,
  "users.conversations": 3,
  "users.getPresence": 3,
  "users.info": 4,
  "users.list": 2,
  "users.lookupByEmail": 3,
  "users.profile.get": 4,
  "views.open": 4,
  "views.publish": 4,
  "views.push": 4,
  "views.update": 4,
};

/** The buckets that one call draws from. */
export function limitsOf(method: string, channel: string | undefined): Limit[] {
  if (method === "chat.postMessage") {
    // "generally one message per second per channel … short bursts of more than one are allowed",
    // and a workspace-wide limit of several hundred a minute.
    const perChannel = channel === undefined ? [] : [{ key: `${method} ${channel}`, burst: 4, perMinute: 60 }];
    return [...perChannel, { key: method, burst: 300, perMinute: 300 }];
  }
  const tier = METHODS[method];
  // auth.test, api.test and chat.getPermalink: "hundreds of requests per minute".
  return [{ key: method, ...(tier === undefined ? { burst: 600, perMinute: 600 } : TIERS[tier]) }];
}

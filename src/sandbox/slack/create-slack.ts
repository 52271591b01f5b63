import type { World } from "../shared/world.ts";
import type { ClientEvent } from "./client-api.ts";
import { createThrottle } from "./create-throttle.ts";
import type { Audience, Channel, Command, Person, Slack } from "./model.ts";

export interface SlackOptions {
  world: World;
  teamName?: string;
  commands?: Command[];
  scopes?: string[];
  subscriptions?: string[];
  planBlocks?: boolean;
  acknowledgeWithin?: number;
  /** False switches the published rate limits off. */
  rateLimits?: boolean;
}

const COMMANDS: Command[] = [
  {
    command: "/project",
    description: "Launch and look after projects",
    usageHint: "create NAME · status · list · doctor · help",
  },
];

/** As manifests/slack-app.yaml has the app installed, and no more; a test holds the two together. */
const SCOPES = [
  "app_mentions:read",
  "channels:history",
  "groups:history",
  "channels:read",
  "groups:read",
  "chat:write",
  "commands",
  "im:write",
  "usergroups:read",
  "users:read.email",
];

const SUBSCRIPTIONS = [
  "app_home_opened",
  "app_mention",
  "channel_unarchive",
  "group_unarchive",
  "member_joined_channel",
];

const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/** A seeded workspace without a server: one team, a few people, three channels, one app. */
export function createSlack(
  options: SlackOptions & {
    emit: (slack: Slack, audience: Audience, event: ClientEvent) => void;
    deliver: Slack["deliver"];
  },
): Slack {
  const random = options.world.random.fork("slack");
  const id = (prefix: string) => `${prefix}0${random.text(9, UPPER)}`;
  const text = (length: number) => random.text(length);
  const teamName = options.teamName ?? "Acme";
  const bot: Person = { id: id("U"), name: "slipway", realName: "Slipway", title: "", botId: id("B") };
  const people: Person[] = [
    { id: id("U"), name: "ada", realName: "Ada Byrne", title: "Platform engineer", email: "ada@acme.test" },
    { id: id("U"), name: "lin", realName: "Lin Okafor", title: "Product developer", email: "lin@acme.test" },
    { id: id("U"), name: "sam", realName: "Sam Reyes", title: "Team lead", email: "sam@acme.test" },
    bot,
  ];
  const everyone = people.map((person) => person.id);
  const persons = everyone.filter((member) => member !== bot.id);
  const created = Math.floor(options.world.clock.now().getTime() / 1000);
  const channel = (name: string, topic: string, members: string[]): Channel => ({
    id: id("C"),
    name,
    topic,
    purpose: topic,
    created,
    creator: persons[0] ?? bot.id,
    members: new Set(members),
    isArchived: false,
    isDirect: false,
  });
  const channels = [
    channel("general", "Company-wide announcements", persons),
    channel("launches", "New projects and deploys", everyone),
    channel("ops", "Incidents of the cluster", everyone),
  ];
  const operators = { id: id("S"), handle: "operators", name: "Operators", description: "Who looks after the cluster" };

  const slack: Slack = {
    world: options.world,
    team: { id: id("T"), name: teamName, domain: teamName.toLowerCase().replace(/[^a-z0-9]+/g, "-") },
    app: { id: id("A"), name: "Slipway", botUserId: bot.id, botId: bot.botId ?? "", verificationToken: text(24) },
    tokens: {
      bot: `xoxb-${random.text(12, "0123456789")}-${random.text(13, "0123456789")}-${text(24)}`,
      app: `xapp-1-${id("A")}-${random.text(13, "0123456789")}-${random.text(64, "0123456789abcdef")}`,
      signingSecret: random.text(32, "0123456789abcdef"),
      revoked: false,
    },
    scopes: new Set(options.scopes ?? SCOPES),
    subscriptions: new Set(options.subscriptions ?? SUBSCRIPTIONS),
    planBlocks: options.planBlocks ?? true,
    acknowledgeWithin: options.acknowledgeWithin ?? 3000,
    people: new Map(people.map((person) => [person.id, person])),
    channels: new Map(channels.map((entry) => [entry.id, entry])),
    userGroups: new Map([[operators.id, { ...operators, users: persons.slice(0, 1) }]]),
    commands: options.commands ?? COMMANDS,
    messages: new Map(),
    views: new Map(),
    stacks: new Map(),
    homes: new Map(),
    triggers: new Map(),
    responseUrls: new Map(),
    tickets: new Set(),
    failures: [],
    address: "",
    nextTs: createTimestamps(options.world),
    id,
    text,
    emit: (audience, event) => options.emit(slack, audience, event),
    deliver: options.deliver,
    throttle: options.rateLimits === false ? () => undefined : createThrottle(options.world.clock),
  };
  return slack;
}

/** Slack's message timestamps: seconds and microseconds, never the same twice and never going back. */
function createTimestamps(world: World): () => string {
  let last = 0;
  return () => {
    last = Math.max(last + 1, world.clock.now().getTime() * 1000);
    const seconds = Math.floor(last / 1_000_000);
    return `${seconds}.${String(last % 1_000_000).padStart(6, "0")}`;
  };
}

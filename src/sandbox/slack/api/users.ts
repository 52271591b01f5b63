import { z } from "zod";
import { describeChannel } from "../describe-channel.ts";
import type { Fields, Person, Slack } from "../model.ts";
import { Refusal } from "../refusal.ts";
import { argument } from "./argument.ts";
import { defineMethod, type Method } from "./define-method.ts";
import { page } from "./page.ts";

const paging = { cursor: argument.text.optional(), limit: argument.count.optional() };

/** users.* and usergroups.*: https://docs.slack.dev/reference/methods?filter=users */
export const users: Record<string, Method> = {
  "users.info": defineMethod({
    scopes: ["users:read"],
    arguments: z.object({ user: argument.text }),
    run(slack, given) {
      const person = slack.people.get(given.user);
      if (person === undefined) throw new Refusal("user_not_found");
      return { user: describePerson(slack, person) };
    },
  }),

  "users.list": defineMethod({
    scopes: ["users:read"],
    arguments: z.object(paging),
    run(slack, given) {
      const { entries, next } = page([...slack.people.values()], given, { usual: 1000, limit: 1000 });
      return {
        members: entries.map((person) => describePerson(slack, person)),
        cache_ts: Math.floor(slack.world.clock.now().getTime() / 1000),
        response_metadata: { next_cursor: next },
      };
    },
  }),

  "users.lookupByEmail": defineMethod({
    scopes: ["users:read.email"],
    arguments: z.object({ email: argument.text }),
    run(slack, given) {
      const person = [...slack.people.values()].find((entry) => entry.email === given.email.toLowerCase());
      if (person === undefined) throw new Refusal("users_not_found");
      return { user: describePerson(slack, person) };
    },
  }),

  "users.profile.get": defineMethod({
    scopes: ["users.profile:read", "users:read"],
    arguments: z.object({ user: argument.text.optional() }),
    run(slack, given) {
      const person = slack.people.get(given.user ?? slack.app.botUserId);
      if (person === undefined) throw new Refusal("user_not_found");
      return { profile: describePerson(slack, person).profile };
    },
  }),

  "users.getPresence": defineMethod({
    scopes: ["users:read"],
    arguments: z.object({ user: argument.text.optional() }),
    run(slack, given) {
      if (given.user !== undefined && !slack.people.has(given.user)) throw new Refusal("user_not_found");
      return { presence: "active" };
    },
  }),

  "users.conversations": defineMethod({
    scopes: ["channels:read", "groups:read", "im:read", "mpim:read"],
    arguments: z.object({
      ...paging,
      user: argument.text.optional(),
      types: argument.text.optional(),
      exclude_archived: argument.flag.optional(),
    }),
    run(slack, given) {
      const user = given.user ?? slack.app.botUserId;
      const types = (given.types ?? "public_channel").split(",").map((type) => type.trim());
      const joined = [...slack.channels.values()]
        .filter((channel) => channel.members.has(user) && types.includes(channel.isDirect ? "im" : "public_channel"))
        .filter((channel) => !(given.exclude_archived && channel.isArchived));
      const { entries, next } = page(joined, given, { usual: 100, limit: 999 });
      return {
        channels: entries.map((channel) => describeChannel(slack, channel)),
        response_metadata: { next_cursor: next },
      };
    },
  }),

  "usergroups.list": defineMethod({
    scopes: ["usergroups:read"],
    arguments: z.object({ include_users: argument.flag.optional(), include_count: argument.flag.optional() }),
    run: (slack, given) => ({
      usergroups: [...slack.userGroups.values()].map(({ users, ...group }) => ({
        ...group,
        team_id: slack.team.id,
        is_usergroup: true,
        is_external: false,
        date_delete: 0,
        prefs: { channels: [], groups: [] },
        ...(given.include_users ? { users } : {}),
        ...(given.include_count ? { user_count: users.length } : {}),
      })),
    }),
  }),

  "usergroups.users.list": defineMethod({
    scopes: ["usergroups:read"],
    arguments: z.object({ usergroup: argument.text }),
    run(slack, given) {
      const group = slack.userGroups.get(given.usergroup);
      if (group === undefined) throw new Refusal("no_such_subteam");
      return { users: group.users };
    },
  }),
};

function describePerson(slack: Slack, person: Person): Fields {
  const isBot = person.botId !== undefined;
  return {
    id: person.id,
    team_id: slack.team.id,
    name: person.name,
    deleted: false,
    real_name: person.realName,
    tz: "Etc/UTC",
    tz_label: "Coordinated Universal Time",
    tz_offset: 0,
    profile: {
      title: person.title,
      real_name: person.realName,
      real_name_normalized: person.realName,
      display_name: isBot ? "" : person.name,
      display_name_normalized: isBot ? "" : person.name,
      team: slack.team.id,
      ...(slack.scopes.has("users:read.email") && person.email !== undefined ? { email: person.email } : {}),
      ...(isBot ? { bot_id: person.botId, api_app_id: slack.app.id, always_active: true } : {}),
    },
    is_admin: false,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: isBot,
    is_app_user: false,
    updated: 0,
  };
}

import { z } from "zod";
import { Refusal } from "../refusal.ts";
import { argument } from "./argument.ts";
import { defineMethod, type Method } from "./define-method.ts";

/** Who am I, what is the team, where do I connect. */
export const auth: Record<string, Method> = {
  "api.test": defineMethod({
    token: "none",
    arguments: z.object({ error: argument.text.optional() }).loose(),
    run(_, given) {
      const { token: _token, ...args } = given;
      if (given.error !== undefined) throw new Refusal(given.error, { args });
      return { args };
    },
  }),

  "auth.test": defineMethod({
    arguments: z.object({}),
    run: (slack) => ({
      url: `https://${slack.team.domain}.slack.com/`,
      team: slack.team.name,
      user: slack.people.get(slack.app.botUserId)?.name,
      team_id: slack.team.id,
      user_id: slack.app.botUserId,
      bot_id: slack.app.botId,
      is_enterprise_install: false,
    }),
  }),

  "team.info": defineMethod({
    scopes: ["team:read"],
    arguments: z.object({ team: argument.text.optional() }),
    run(slack, given) {
      if (given.team !== undefined && given.team !== slack.team.id) throw new Refusal("team_not_found");
      return { team: { ...slack.team, email_domain: "", icon: { image_default: true } } };
    },
  }),

  "emoji.list": defineMethod({
    scopes: ["emoji:read"],
    arguments: z.object({}),
    run: (slack) => ({ emoji: {}, cache_ts: slack.nextTs() }),
  }),

  "bots.info": defineMethod({
    scopes: ["users:read"],
    arguments: z.object({ bot: argument.text.optional() }),
    run(slack, given) {
      if (given.bot !== undefined && given.bot !== slack.app.botId) throw new Refusal("bot_not_found");
      return {
        bot: {
          id: slack.app.botId,
          deleted: false,
          name: slack.app.name,
          updated: 0,
          app_id: slack.app.id,
          user_id: slack.app.botUserId,
          icons: {},
        },
      };
    },
  }),

  "apps.connections.open": defineMethod({
    token: "app",
    arguments: z.object({}),
    run(slack) {
      const ticket = slack.text(32);
      slack.tickets.add(ticket);
      return { url: `${slack.address.replace(/^http/, "ws")}/link/?ticket=${ticket}&app_id=${slack.app.id}` };
    },
  }),
};

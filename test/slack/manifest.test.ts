import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { createWorld } from "../../src/sandbox/shared/create-world.ts";
import { createSlack } from "../../src/sandbox/slack/create-slack.ts";
import { SCOPES as granted } from "../../src/slack/scopes.ts";

const manifest = z
  .object({
    features: z.object({ slash_commands: z.array(z.object({ command: z.string() })) }),
    oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
    settings: z.object({
      event_subscriptions: z.object({ bot_events: z.array(z.string()) }),
      interactivity: z.object({ is_enabled: z.literal(true) }),
      socket_mode_enabled: z.literal(true),
    }),
  })
  .parse(parse(readFileSync("manifests/slack-app.yaml", "utf8")));

const source = globSync("src/slack/**/*.ts")
  .map((file) => readFileSync(file, "utf8"))
  .join("\n");
const found = (pattern: RegExp) => [...new Set([...source.matchAll(pattern)].map((match) => match[1] ?? ""))].sort();

/** Of each method that the code calls, as its page at https://docs.slack.dev/reference/methods/ names them. */
const SCOPES: Record<string, string[]> = {
  "auth.test": [],
  "chat.delete": ["chat:write"],
  "chat.getPermalink": [],
  "chat.postEphemeral": ["chat:write"],
  "chat.postMessage": ["chat:write"],
  "chat.update": ["chat:write"],
  "conversations.history": ["channels:history", "groups:history"],
  "conversations.info": ["channels:read", "groups:read"],
  "conversations.open": ["im:write"],
  "conversations.replies": ["channels:history", "groups:history"],
  "usergroups.users.list": ["usergroups:read"],
  "users.lookupByEmail": ["users:read.email"],
  "views.open": [],
  "views.publish": [],
  "views.update": [],
};

test("the app's manifest subscribes to the events that the code listens to, and no others", () => {
  expect(manifest.settings.event_subscriptions.bot_events).toEqual(found(/app\.event\("([a-z_]+)"/g));
});

test("it has the commands that the code answers", () => {
  expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual(found(/app\.command\("([^"]+)"/g));
});

test("it asks for the scopes of the methods that the code calls, and no others", () => {
  const calls = found(/client\s*\.((?:auth|chat|conversations|usergroups|users|views)\s*\.[\w.\s]+?)\(/g);
  const methods = [...new Set(calls.map((method) => method.replace(/\s/g, "")))].sort();
  expect(methods).toEqual(Object.keys(SCOPES).sort());
  const needed = methods.flatMap((method) => SCOPES[method] ?? []);
  expect(manifest.oauth_config.scopes.bot.toSorted()).toEqual(
    [...new Set([...needed, "app_mentions:read", "commands"])].sort(),
  );
  // What the doctor looks for.
  expect(granted.toSorted()).toEqual(manifest.oauth_config.scopes.bot.toSorted());
});

test("the sandbox has the app installed as the manifest says, and grants it no more", () => {
  const { scopes, subscriptions } = createSlack({
    world: createWorld({ speed: 1 }),
    emit: () => {},
    deliver: () => new Promise(() => {}),
  });
  expect([...scopes].sort()).toEqual(manifest.oauth_config.scopes.bot.toSorted());
  expect([...subscriptions].sort()).toEqual(manifest.settings.event_subscriptions.bot_events.toSorted());
});

test("it says over HTTP to call where the bot listens", () => {
  const urls = [...readFileSync("manifests/slack-app.yaml", "utf8").matchAll(/# HTTP: (?:request_)?url: (\S+)/g)];
  expect(urls).toHaveLength(3);
  for (const [, url = ""] of urls)
    expect(readFileSync("src/start/routes-of.ts", "utf8")).toContain(`path: "${new URL(url).pathname}"`);
});

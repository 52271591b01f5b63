import { Hono } from "hono";
import { servePage } from "./serve-page.ts";
import { serveWorld } from "./serve-world.ts";
import type { WorldActions, WorldView } from "./world-view.ts";

/**
 * The console: a chat client for a person and a drawer with the world, as routes to mount at the root of the
 * sandbox's Slack, whose `/client/*` (slack/client-api.ts) the page talks to on its own origin.
 *
 *   GET  /              the page        GET  /world           WorldView
 *   GET  /page/*        its files       POST /world/:action   speed, start-scenario, stop-scenario
 */
export function createConsole(options: {
  worldView: () => WorldView | Promise<WorldView>;
  actions: WorldActions;
}): Hono {
  const console = new Hono();
  console.route("/", servePage());
  console.route("/world", serveWorld(options.worldView, options.actions));
  return console;
}

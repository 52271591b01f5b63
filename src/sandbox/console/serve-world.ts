import { type Context, Hono } from "hono";
import { z } from "zod";
import type { WorldActions, WorldView } from "./world-view.ts";

const Speed = z.object({ speed: z.number().positive().max(1000) });
const Scenario = z.object({ name: z.string().min(1) });

/** `/world`: the drawer's reading and its few controls. A refused or failed action answers `{ error }` in words. */
export function serveWorld(worldView: () => WorldView | Promise<WorldView>, actions: WorldActions): Hono {
  const world = new Hono();
  world.get("/", async (context) => {
    context.header("Cache-Control", "no-store");
    return context.json(await worldView());
  });
  world.post("/speed", (context) => act(context, Speed, ({ speed }) => actions.setSpeed(speed)));
  world.post("/start-scenario", (context) => act(context, Scenario, ({ name }) => actions.startScenario(name)));
  world.post("/stop-scenario", (context) => act(context, Scenario, ({ name }) => actions.stopScenario(name)));
  world.post("/:action", (context) => context.json({ error: `unknown action "${context.req.param("action")}"` }, 404));
  return world;
}

async function act<T>(context: Context, schema: z.ZodType<T>, run: (input: T) => void | Promise<void>) {
  const input = schema.safeParse(await context.req.json().catch(() => undefined));
  if (!input.success) return context.json({ error: z.prettifyError(input.error) }, 400);
  try {
    await run(input.data);
    return context.json({});
  } catch (error) {
    return context.json({ error: error instanceof Error ? error.message : String(error) }, 409);
  }
}

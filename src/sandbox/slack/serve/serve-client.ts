import { z } from "zod";
import type { Workspace } from "../workspace.ts";

const person = z.string();
const values = z.record(z.string(), z.unknown());
const place = {
  person,
  channel: z.string().optional(),
  message_ts: z.string().optional(),
  view_id: z.string().optional(),
  block_id: z.string(),
  action_id: z.string(),
};
const sayGiven = z.object({ person, channel: z.string(), text: z.string(), thread_ts: z.string().optional() });
const clickGiven = z.object({
  ...place,
  value: z.string().optional(),
  selected: z.unknown().optional(),
  values: values.optional(),
});
const submitGiven = z.object({ person, view_id: z.string(), values });
const closeGiven = z.object({ person, view_id: z.string() });
const suggestGiven = z.object({ ...place, value: z.string() });
const homeGiven = z.object({ person });
const stateGiven = z.object({ person: person.optional() });

/** The people's clients over HTTP: client-api.ts says which requests there are. */
export async function serveClient(
  workspace: Workspace,
  method: string,
  pathname: string,
  given: unknown,
): Promise<{ status: number; body: unknown }> {
  try {
    const body = await route(workspace, `${method} ${pathname}`, given);
    if (body !== undefined) return { status: 200, body };
    return { status: 404, body: { error: `the sandbox's Slack has no ${method} ${pathname}` } };
  } catch (error) {
    return { status: 400, body: { error: describe(error) } };
  }
}

async function route(workspace: Workspace, request: string, given: unknown): Promise<unknown> {
  const messages = /^GET \/client\/channels\/([^/]+)\/messages$/.exec(request);
  if (messages?.[1] !== undefined) return { messages: workspace.messages(decodeURIComponent(messages[1])) };
  const thread = /^GET \/client\/channels\/([^/]+)\/threads\/([^/]+)$/.exec(request);
  if (thread?.[1] !== undefined && thread[2] !== undefined) {
    return { messages: workspace.thread(decodeURIComponent(thread[1]), thread[2]) };
  }
  switch (request) {
    case "GET /client/state":
      return workspace.state(stateGiven.parse(given).person);
    case "POST /client/say":
      await workspace.say(sayGiven.parse(given));
      return {};
    case "POST /client/click":
      await workspace.click(clickGiven.parse(given));
      return {};
    case "POST /client/submit":
      return await workspace.submit(submitGiven.parse(given));
    case "POST /client/close":
      await workspace.close(closeGiven.parse(given));
      return {};
    case "POST /client/suggest":
      return await workspace.suggest(suggestGiven.parse(given));
    case "POST /client/home":
      workspace.openHome(homeGiven.parse(given).person);
      return {};
    default:
      return undefined;
  }
}

function describe(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error);
  return error instanceof Error ? error.message : String(error);
}

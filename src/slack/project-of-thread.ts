import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import type { Project } from "../project/project.ts";
import { EVENT_TYPE } from "./deliver/find-posted.ts";

const ours = z.object({ event_type: z.literal(EVENT_TYPE), event_payload: z.object({ project: z.string() }) });

/** The name of the project whose thread it is: by what is recorded, else (posted a moment ago) by what the root message itself says. */
export async function projectOfThread(
  projects: Project[],
  at: { channel: string; thread: string },
  client: WebClient,
): Promise<string | undefined> {
  const recorded = projects.find((project) =>
    Object.values(project.status.messages).some(({ ts, channel }) => ts === at.thread && channel === at.channel),
  );
  if (recorded) return recorded.metadata.name;
  const { messages = [] } = await client.conversations
    .replies({ channel: at.channel, ts: at.thread, limit: 1, include_all_metadata: true })
    .catch(() => ({ messages: [] }));
  const read = ours.safeParse(messages[0]?.metadata);
  return read.data?.event_payload.project;
}

import { z } from "zod";
import type { KubeObject } from "../project/ports/cluster.ts";

const threaded = z.object({ slack: z.object({ channel: z.string() }) });

/** Where a project's thread is. Undefined where it does not say so as a Project does: what the watch has is not parsed yet. */
export function channelOf({ spec }: KubeObject): string | undefined {
  return threaded.safeParse(spec).data?.slack.channel;
}

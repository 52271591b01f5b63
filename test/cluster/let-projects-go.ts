import { z } from "zod";
import type { Testbed } from "./testbed.ts";

const list = z.object({
  items: z.array(z.object({ metadata: z.object({ name: z.string(), namespace: z.string() }) })),
});

/** Takes the bot's hold from every Project, once no bot is there that would: without that none of them could be deleted. */
export async function letProjectsGo(at: Testbed): Promise<void> {
  const found = await at
    .kubectl("get", "projects.slipway.dev", "--all-namespaces", "-o", "json")
    // Without the definition there is none.
    .catch(() => '{"items":[]}');
  for (const { metadata } of list.parse(JSON.parse(found)).items)
    await at.kubectl(
      ...["-n", metadata.namespace, "patch", "project", metadata.name],
      ...["--type=merge", "-p", '{"metadata":{"finalizers":null}}'],
    );
}

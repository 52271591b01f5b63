import type { Connection } from "./connection.ts";

/** A Secret in another namespace than the suite's. */
export async function elsewhereIn(send: Connection["send"], metadata: { name: string; labels?: object }) {
  const path = "/api/v1/namespaces/default/secrets";
  await send("POST", path, { body: { metadata } });
  return { remove: () => send("DELETE", `${path}/${metadata.name}`) };
}

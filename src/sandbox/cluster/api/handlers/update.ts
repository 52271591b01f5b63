import type { Answer, ResourceCall } from "../call.ts";
import { checkEscalation } from "../check-escalation.ts";
import { presented } from "../presented.ts";
import { readBody } from "../read-body.ts";
import { checkIdentity } from "./check-identity.ts";
import { writeOptions } from "./write-options.ts";

export async function update(call: ResourceCall): Promise<Answer> {
  const object = checkIdentity(await readBody(call.request), call);
  checkEscalation(call, object);
  const made = call.server.store.verbs.update(call.kind, object, writeOptions(call));
  return { status: 200, body: presented(call.kind, made) };
}

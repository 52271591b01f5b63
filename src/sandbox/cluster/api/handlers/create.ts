import { asMetadata } from "../as-metadata.ts";
import type { Answer, ResourceCall } from "../call.ts";
import { checkEscalation } from "../check-escalation.ts";
import { presented } from "../presented.ts";
import { readBody } from "../read-body.ts";
import { asTable } from "../table/as-table.ts";
import { checkIdentity } from "./check-identity.ts";
import { writeOptions } from "./write-options.ts";

export async function create(call: ResourceCall): Promise<Answer> {
  const { server, kind, wanted } = call;
  const object = checkIdentity(await readBody(call.request), call);
  checkEscalation(call, object);
  const made = server.store.verbs.create(kind, object, wanted.namespace, writeOptions(call));
  return { status: 201, body: asTable(call, [made], {}) ?? asMetadata(call, made) ?? presented(kind, made) };
}

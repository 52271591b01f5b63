import type { IncomingMessage } from "node:http";
import { parse } from "yaml";
import { refuse } from "../store/refuse.ts";
import { readProtobuf } from "./protobuf/read-protobuf.ts";

const UNREADABLE =
  "the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf";

/** What the real server takes at most: etcd's limit and some. */
const LARGEST = 3 * 1024 * 1024;

export function contentTypeOf(request: IncomingMessage): string {
  return (request.headers["content-type"] ?? "application/json").split(";")[0]?.trim() ?? "";
}

/** The request's body, read as the JSON or YAML that it is; undefined where there is none. */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > LARGEST) throw refuse.tooLarge(LARGEST);
    chunks.push(bytes);
  }
  const bytes = Buffer.concat(chunks);
  if (bytes.length === 0) return undefined;
  const type = contentTypeOf(request);
  if (type === "application/vnd.kubernetes.protobuf") return readProtobuf(bytes);
  if (type.includes("cbor")) throw refuse.unsupportedMediaType(UNREADABLE);
  const text = bytes.toString("utf8");
  try {
    return type.includes("yaml") ? parse(text) : JSON.parse(text);
  } catch (error) {
    throw refuse.badRequest(`error decoding the request: ${error instanceof Error ? error.message : String(error)}`);
  }
}

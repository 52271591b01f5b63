import type { IncomingMessage } from "node:http";
import { chunksOf } from "./chunks-of.ts";

/** The whole body; rejects where its end is missing, as far as the connection tells. */
export async function textOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of chunksOf(answer)) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

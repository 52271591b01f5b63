import type { IncomingMessage } from "node:http";
import { isFields } from "../is-fields.ts";
import type { Fields } from "../model.ts";

/** Slack takes arguments as a query, a form or JSON, and all of them at once. */
export async function readBody(request: IncomingMessage): Promise<Fields> {
  const query = new URL(request.url ?? "/", "http://sandbox").searchParams;
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const text = Buffer.concat(chunks).toString("utf8");
  const type = request.headers["content-type"] ?? "";
  return { ...Object.fromEntries(query), ...(await parse(type, text, chunks)) };
}

async function parse(type: string, text: string, chunks: Buffer[]): Promise<Fields> {
  if (text === "") return {};
  if (type.includes("json")) {
    try {
      const value: unknown = JSON.parse(text);
      return isFields(value) ? value : {};
    } catch {
      return {};
    }
  }
  if (type.includes("multipart/form-data")) {
    const form = await new Response(Buffer.concat(chunks), { headers: { "content-type": type } }).formData();
    return Object.fromEntries([...form].filter(([, value]) => typeof value === "string"));
  }
  return Object.fromEntries(new URLSearchParams(text));
}

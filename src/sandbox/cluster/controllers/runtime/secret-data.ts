import type { KubeObject } from "../../store.ts";

/** A Secret's values, decoded. */
export function secretData(secret: KubeObject): Record<string, string | undefined> {
  const data: unknown = secret.data;
  const plain: unknown = secret.stringData;
  return {
    ...Object.fromEntries(entries(data).map(([key, value]) => [key, Buffer.from(value, "base64").toString("utf8")])),
    ...Object.fromEntries(entries(plain)),
  };
}

function entries(value: unknown): [string, string][] {
  return typeof value === "object" && value !== null
    ? Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string")
    : [];
}

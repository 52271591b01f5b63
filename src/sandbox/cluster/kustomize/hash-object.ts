import { createHash } from "node:crypto";
import { isJsonObject } from "./is-json-object.ts";
import type { Json, JsonObject } from "./json.ts";

const REPLACED: Record<string, string> = { "0": "g", "1": "h", "3": "k", a: "m", e: "t" };

/**
 * The ten letters that kustomize hangs on a generated object's name. The object's own name is never part of it:
 * the source looks up a field called `metadata/name`, which no object has.
 * https://github.com/kubernetes-sigs/kustomize/blob/api/v0.20.1/hasher/hasher.go
 */
export function hashObject(object: JsonObject): string {
  const counted: JsonObject = { data: object.data ?? "", kind: object.kind ?? "", name: "" };
  if (object.kind === "Secret") {
    counted.type = object.type ?? "";
  }
  for (const key of object.kind === "Secret" ? ["stringData"] : ["binaryData"]) {
    const value = object[key];
    if (value !== undefined) {
      counted[key] = value;
    }
  }
  const hex = createHash("sha256").update(goJson(counted)).digest("hex");
  return [...hex.slice(0, 10)].map((letter) => REPLACED[letter] ?? letter).join("");
}

/** As Go's encoding/json writes it: sorted keys, `<`, `>` and `&` escaped. */
function goJson(value: Json): string {
  return JSON.stringify(sorted(value)).replace(
    /[<>&\u2028\u2029]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  if (isJsonObject(value)) {
    return Object.fromEntries(
      Object.keys(value)
        .sort()
        .map((key) => [key, sorted(value[key] ?? null)]),
    );
  }
  return value;
}

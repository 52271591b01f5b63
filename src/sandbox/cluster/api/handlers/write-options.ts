import type { WriteOptions } from "../../store/create-verbs.ts";
import { refuse } from "../../store/refuse.ts";
import type { ResourceCall } from "../call.ts";

export function writeOptions(call: ResourceCall): WriteOptions {
  const query = call.url.searchParams;
  const agent = call.request.headers["user-agent"]?.split("/")[0];
  const validation = query.get("fieldValidation") ?? "Warn";
  if (validation !== "Strict" && validation !== "Warn" && validation !== "Ignore") {
    throw refuse.badRequest(`fieldValidation: Unsupported value: ${JSON.stringify(validation)}`);
  }
  const { subresource } = call.wanted;
  return {
    manager: query.get("fieldManager") || agent || "unknown",
    dryRun: isDryRun(query),
    force: query.get("force") === "true",
    fieldValidation: validation,
    warn: (message) => call.warnings.push(message),
    subresource: subresource === "status" || subresource === "scale" || subresource === "finalize" ? subresource : "",
  };
}

export function isDryRun(query: URLSearchParams): boolean {
  const value = query.get("dryRun") ?? "";
  if (value !== "" && value !== "All") {
    throw refuse.badRequest(`dryRun: Unsupported value: ${JSON.stringify(value)}: supported values: "All"`);
  }
  return value === "All";
}

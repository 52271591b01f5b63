import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Octokit } from "@octokit/rest";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { z } from "zod";

const media = z.looseObject({ content: z.record(z.string(), z.looseObject({ schema: z.unknown() })).optional() });
const operation = z.looseObject({
  operationId: z.string(),
  requestBody: media.optional(),
  responses: z.record(z.string(), z.looseObject({})),
});
const description = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.looseObject({ responses: z.record(z.string(), media) }),
});

export interface Judge {
  /** Operation ids seen, with the status they were answered. */
  seen: Set<string>;
  complaints: string[];
}

/** Holds every request and answer of a client against GitHub's own description of its API. */
export function judgeByOpenapi(octokit: Octokit, judge: Judge = { seen: new Set(), complaints: [] }): Judge {
  const { paths, check } = load();
  const find = (options: { method: string; url: string }) => {
    const path = Object.keys(paths).find(
      (one) => one.replace(/\{\w+\}/g, "{}") === options.url.replace(/\{[+\w]+\}/g, "{}"),
    );
    const found = operation.safeParse(path ? paths[path]?.[options.method.toLowerCase()] : undefined);
    return found.success ? found.data : null;
  };
  octokit.hook.before("request", (options) => {
    const known = find(options);
    const schema = known?.requestBody?.content?.["application/json"]?.schema;
    const { body } = octokit.request.endpoint.parse(options);
    if (schema && body !== undefined) judge.complaints.push(...check(`${known?.operationId} request`, schema, body));
  });
  octokit.hook.after("request", (response, options) => judgeAnswer(options, response.status, response.data));
  octokit.hook.error("request", (error, options) => {
    if ("response" in error && error.response && typeof error.response === "object") {
      const { status, data } = z.looseObject({ status: z.number(), data: z.unknown() }).parse(error.response);
      judgeAnswer(options, status, data);
    }
    throw error;
  });
  function judgeAnswer(options: { method: string; url: string }, status: number, data: unknown): void {
    const known = find(options);
    if (!known) {
      judge.complaints.push(`${options.method} ${options.url} is not in GitHub's description`);
      return;
    }
    judge.seen.add(known.operationId);
    const schema = responseSchema(known.responses[String(status)]);
    if (schema === undefined) {
      // Not every operation lists its refusals; success it must list.
      const redirected = status === 200 && "302" in known.responses;
      if (status < 400 && !redirected && !(String(status) in known.responses))
        judge.complaints.push(`${known.operationId} does not answer ${status}`);
      return;
    }
    judge.complaints.push(...check(`${known.operationId} ${status}`, schema, data));
  }
  return judge;
}

let loaded: ReturnType<typeof read> | undefined;
function load() {
  loaded ??= read();
  return loaded;
}

function read() {
  const file = createRequire(import.meta.url).resolve("@octokit/openapi/generated/api.github.com.json");
  const { paths, components } = description.parse(JSON.parse(readFileSync(file, "utf8"), withoutBareNullable));
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false, validateSchema: false });
  addFormats.default(ajv);
  ajv.addSchema({ $id: "api", components });
  const compiled = new Map<string, ReturnType<typeof ajv.compile>>();
  return {
    paths,
    components,
    check(name: string, schema: unknown, data: unknown): string[] {
      const text = JSON.stringify(schema).replaceAll('"#/components/', '"api#/components/');
      const validate = compiled.get(text) ?? ajv.compile(z.looseObject({}).parse(JSON.parse(text)));
      compiled.set(text, validate);
      if (validate(data)) return [];
      return (validate.errors ?? []).map(
        (error) => `${name}: ${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`,
      );
    },
  };
}

/**
 * OpenAPI 3.0 lets `nullable` stand beside a reference, and beside a list of values that leaves null out; JSON schema
 * says that with anyOf.
 */
function withoutBareNullable(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("nullable" in value) || value.nullable !== true) return value;
  if ("type" in value && !("enum" in value)) return value;
  const { nullable: _, ...rest } = value;
  return { anyOf: [rest, { type: "null" }] };
}

function responseSchema(response: unknown): unknown {
  const named = z.object({ $ref: z.string() }).safeParse(response);
  const found = media.safeParse(
    named.success ? load().components.responses[named.data.$ref.split("/").at(-1) ?? ""] : response,
  );
  return found.success ? found.data.content?.["application/json"]?.schema : undefined;
}

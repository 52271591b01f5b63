import { z } from "zod";
import { KINDS, type Kind } from "../project/kinds.ts";
import { Problem } from "../project/problem.ts";
import { parseAnswer } from "./parse-answer.ts";
import type { Request } from "./request.ts";

/** Does the API server know this kind? Rejects where it could not be asked. */
export async function isServed(kind: Kind, request: Request): Promise<boolean> {
  const { apiVersion, plural } = KINDS[kind];
  try {
    const answer = await request("GET", apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`);
    const list = parseAnswer(z.object({ resources: z.array(z.object({ name: z.string() })) }), answer);
    return list.resources.some((resource) => resource.name === plural);
  } catch (error) {
    if (error instanceof Problem && error.code === "object-missing") return false;
    throw error;
  }
}

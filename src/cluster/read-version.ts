import { z } from "zod";
import { parseAnswer } from "./parse-answer.ts";
import type { Request } from "./request.ts";

/** Of the API server, `v1.34.1+k3s1`. https://kubernetes.io/docs/reference/generated/openapi: GET /version/ */
export async function readVersion(request: Request): Promise<string> {
  return parseAnswer(z.object({ gitVersion: z.string() }), await request("GET", "/version")).gitVersion;
}

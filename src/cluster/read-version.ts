import { z } from "zod";
import type { Request } from "./request.ts";

/** Of the API server, `v1.34.1+k3s1`. https://kubernetes.io/docs/reference/generated/openapi: GET /version/ */
export async function readVersion(request: Request): Promise<string> {
  return z.object({ gitVersion: z.string() }).parse(await request("GET", "/version")).gitVersion;
}

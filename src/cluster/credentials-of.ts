import type { RequestOptions } from "node:https";
import { Problem } from "../project/problem.ts";
import type { Connection } from "./connection.ts";
import { reasonOf } from "./reason-of.ts";

/** Of one call. Rejects with a `Problem`: an exec plugin that fails, a token file that is gone. */
export async function credentialsOf(connection: Connection): Promise<RequestOptions> {
  try {
    return await connection.options();
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem("cluster-credentials-refused", { evidence: reasonOf(error), cause: error });
  }
}

import type { z } from "zod";
import type { Access } from "../access.ts";
import type { Hub } from "../hub.ts";
import type { Principal } from "../principal.ts";
import type { Repository } from "../state.ts";
import type { Answer } from "./answer.ts";

/** One operation of GitHub's REST API, under its id and path template in https://github.com/github/rest-api-description. */
export interface Route {
  operation: string;
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  /** What an installation's token needs; a person's token is asked for the `repo` scope instead. */
  permission?: [name: string, access: Access];
  handle(call: Call): Answer | Promise<Answer>;
}

export interface Call {
  hub: Hub;
  principal: Principal;
  /** Of the path template, decoded. */
  params: Record<string, string>;
  query: URLSearchParams;
  /** Path without prefix, for paging links. */
  path: string;
  /** The repository that the path names, already known to be visible to the caller. Refuses with 404 where the path has none. */
  repository(): Repository;
  /** The JSON body, checked; refuses with GitHub's 422. */
  body<T extends z.ZodType>(schema: T): z.output<T>;
}

import type { Access } from "./access.ts";

/** Who is asking. */
export type Principal =
  | { kind: "anonymous" }
  | { kind: "user"; login: string; scopes: string[] }
  /** The App itself, by its signed JWT. */
  | { kind: "app" }
  /** An installation's token, or a workflow's GITHUB_TOKEN (then `workflow` is true): bounded in repositories, permissions and time. */
  | {
      kind: "installation";
      workflow: boolean;
      repositoryIds: number[] | null;
      permissions: Record<string, Access>;
      expiresAt: string;
    };

import type { FindingCode } from "../finding-params/index.ts";
import type { Look } from "../look.ts";
import type { FindingStatus, Project } from "../project.ts";
import type { Unread } from "../unread.ts";

/** How the watch of one kind stands. */
export interface WatchState {
  kind: string;
  /** When the server last said anything, bookmarks included; undefined: never listed. */
  heardAt: Date | undefined;
  /** Why it is not in step, if it is not. */
  problem: string | undefined;
  /** Since when it is not in step, as far as that is known. */
  outSince: Date | undefined;
  /** How many objects it holds. */
  objects: number;
  /** How often everything had to be listed anew. */
  relists: number;
}

/** How Slack takes us; what people say arrives, as far as that can be known (over HTTP it cannot). */
export type SlackState =
  | {
      ok: true;
      user: string;
      team: string;
      way: "socket" | "http";
      /** Scopes that Slipway needs and the app lacks; undefined: Slack does not say. */
      missing: string[] | undefined;
    }
  /** `code` of a finding. */
  | { ok: false; code: FindingCode; detail: string };

/** Who may do what: by which file, and how many rules of it hold. */
export interface AccessState {
  /** ACCESS_FILE; undefined: none, and everybody may launch. */
  file: string | undefined;
  rules: number;
  /** Why it cannot be used as it is now: the rules that were read before go on holding. */
  problem: string | undefined;
}

/** One project as it is at this moment. */
export interface ProjectExam {
  at: Date;
  /** What stands, piece by piece. */
  lines: Look[];
  /** What is wrong now, and what was when status was last written and is over. */
  findings: FindingStatus[];
  /** Rules that could not be judged, and why. */
  unknown: { code: string; reason: Unread }[];
}

/** Looks and tells; changes nothing. Handed to the commands by start.ts. */
export interface Doctor {
  /** The cluster, and the bot itself. Never rejects: what could not be looked at is a line. */
  examine(): Promise<Look[]>;
  examineProject(project: Project): Promise<ProjectExam>;
}

import { z } from "zod";
import type { ProjectStatus } from "./project.ts";
import { vainDeploy } from "./vain-deploy.ts";

type Phase = ProjectStatus["phase"];

/** Where a project stands as far as wishes go: its phase, or live with a last deploy that came to nothing. */
export type Standing = Phase | "Halted";

/** What one may do; `src/slack/access` says who. */
export type Right = "look" | "launch" | "remove";

interface WishRule {
  /** From which standing to which phase. What is not in it leads nowhere, and is refused. */
  moves: Readonly<Partial<Record<Standing, Phase>>>;
  right: Right;
  params: z.ZodType<Record<string, string>>;
}

const none = z.strictObject({});
const environment = z.string().min(1);
/** What did not come live, or goes already: asked for again it goes on going. */
const unfinished = {
  Requested: "Removing",
  Launching: "Removing",
  Failed: "Removing",
  Cancelled: "Removing",
  Kept: "Removing",
  Removing: "Removing",
} as const;
/** Live only: what a launch begins with is its first commit. */
const whileLive = { Live: "Live", Halted: "Live" } as const;

/** While it is looked after. */
const whereItStands = {
  Launching: "Launching",
  Live: "Live",
  Halted: "Live",
  Failed: "Failed",
  Cancelled: "Cancelled",
  Kept: "Kept",
} as const;

/**
 * What people may wish for. Commands, buttons and forms ask it before they write a wish into the Project, and the
 * controller once more when it hears it: by then the project may be another.
 */
export const WISHES = {
  /** Launch it. The Project itself is the wish; this says that somebody waits for the answer, and by which doing. */
  create: { moves: { Requested: "Launching" }, right: "launch", params: none },
  /** Go on with a launch, or with a deploy of a live project, where it stopped. */
  retry: {
    moves: { Failed: "Launching", Cancelled: "Launching", Kept: "Launching", Halted: "Live" },
    right: "launch",
    params: none,
  },
  /** Stop a launch that is under way, and leave what it made. */
  cancel: { moves: { Requested: "Cancelled", Launching: "Cancelled" }, right: "launch", params: none },
  /** Leave a launch that has stopped as it is. */
  keep: { moves: { Failed: "Kept", Cancelled: "Kept" }, right: "launch", params: none },
  /** Remove what the launch made, and nothing else. */
  undo: {
    moves: unfinished,
    right: "remove",
    params: none,
  },
  /** Remove the project, live or not. */
  remove: {
    moves: { ...unfinished, Live: "Removing", Halted: "Removing" },
    right: "remove",
    params: none,
  },
  /** Hold an environment at a commit, manifests and image, whatever is pushed. */
  pin: {
    moves: whileLive,
    right: "launch",
    params: z.strictObject({ environment, commit: z.string().regex(/^[0-9a-f]{40}$/) }),
  },
  /** Look at a finding now, and say what that look found; its `<code>/<subject>`. */
  check: { moves: whereItStands, right: "look", params: z.strictObject({ finding: z.string().min(1) }) },
  /** Let an environment follow the branch again. */
  unpin: { moves: whileLive, right: "launch", params: z.strictObject({ environment }) },
} as const satisfies Record<string, WishRule>;

export type WishKind = keyof typeof WISHES;

/** Where the wish leads a project in that status; `undefined`: nowhere. */
export function moveOf(kind: WishKind, status: ProjectStatus): Phase | undefined {
  const { moves }: WishRule = WISHES[kind];
  return moves[standingOf(status)];
}

function standingOf(status: ProjectStatus): Standing {
  return status.phase === "Live" && vainDeploy(status) !== undefined ? "Halted" : status.phase;
}

import type { Params } from "../../../project/params.ts";
import { fault } from "../fault.ts";

/** Answers to what a person typed or pressed. */
export const answers = {
  preflight: {
    checked: (name: string) => `${name}, checked before anything is made:`,
    launching: (name: string) => `Launching ${name}. Its thread is in this channel.`,
    launchingUntold: (name: string) => `Launching ${name}.`,
    refused: (name: string) => `${name} was not launched; nothing was made.`,
    tryInstead: (name: string) => `How about ${name}? It is free.`,
    unanswered: "The checks gave no answer, so nothing was made. Try again in a moment.",
    channel: {
      ok: "I can post in this channel",
      missing:
        "I am not in this channel: type /invite @slipway. The launch goes on, and its thread comes when I am in.",
      archived:
        "This channel is archived, so the thread has no place. The launch goes on; /project status tells how it stands.",
      unknown: "could not look whether I am in this channel",
    },
  },

  plan: {
    title: (name: string) => `Creating ${name} would make, in this order:`,
    nothing: "Nothing was made.",
    more: (count: number) => `and ${count} more`,
  },

  status: {
    asOf: "as of",
    noFindings: "No open problems",
    thread: "Thread",
    /** Of one environment, as it is now. */
    answers: (status: number) => `answers ${status}`,
    /** `status`: what somebody before the application answers in its place. */
    answersNot: (why: string, status: number | undefined) =>
      `not reachable: ${why}${status === undefined ? "" : ` (${status})`}`,
    answersNotBare: "not reachable",
    /** Before a time. */
    unseenSince: "cannot be looked at since",
    answerUnknown: "not looked at yet",
    pods: (ready: number, wanted: number) => `${ready} of ${wanted === 1 ? "1 pod" : `${wanted} pods`} ready`,
    runs: (tag: string) => `runs ${tag}`,
    nothingRuns: "nothing runs",
    lastDeploy: "Last deploy:",
  },

  list: {
    title: (count: number) => (count === 1 ? "1 project" : `${count} projects`),
    empty: "No projects yet. /project create NAME launches the first.",
    more: (count: number) => `and ${count} more`,
    unreadable: (p: Params) => `cannot be read: ${fault(p)}`,
  },

  names: {
    noChannel: "A launch needs a channel for its thread: type the command in one.",
    which: (verb: string, example = "rrr") => `Which project? For example: /project ${verb} ${example}`,
    notFound: (name: string, nearest: string | undefined) =>
      nearest
        ? `There is no project ${name}. Did you mean ${nearest}?`
        : `There is no project ${name}. /project list shows them.`,
    taken: (name: string) => `${name} exists already.`,
    propose: (name: string) => `How about ${name}?`,
  },

  templates: {
    unknown: (template: string) => `There is no template ${template}. These there are:`,
    use: (template: string) => `Create from ${template}`,
    none: "There is no template at all: the bot's TEMPLATES_DIR is empty.",
  },

  parse: {
    unknownVerb: (verb: string, nearest: string | undefined) =>
      nearest ? `There is no command ${verb}. Did you mean ${nearest}?` : `There is no command ${verb}.`,
    optionNotTaken: (option: string, verb: string) => `${verb} takes no ${option}=.`,
    unknownOption: (option: string, nearest: string | undefined) =>
      nearest ? `There is no option ${option}. Did you mean ${nearest}?` : `There is no option ${option}.`,
    optionNeedsValue: (option: string) => `${option} needs a value: ${option}=…`,
  },

  wishes: {
    retry: (name: string) => `Retrying ${name}.`,
    cancel: (name: string) => `Cancelling the launch of ${name}.`,
    keep: (name: string) => `${name} stays as it is.`,
    undo: (name: string) => `Removing what the launch of ${name} made.`,
    remove: (name: string) => `Deleting ${name}.`,
    pin: (name: string, environment: string, commit: string) =>
      `Pinning ${environment} of ${name} to ${commit}. Later pushes wait until it is unpinned.`,
    unpin: (name: string, environment: string) => `${environment} of ${name} follows the branch again.`,
    alreadyPinned: (name: string, environment: string) =>
      `${environment} of ${name} is pinned to that commit already. To let it follow the branch: /project unpin ${name} env=${environment}`,
    notPinned: (name: string, environment: string) => `${environment} of ${name} is not pinned: it follows the branch.`,
    noEnvironment: (name: string, given: string, names: readonly string[]) =>
      `${name} has no environment ${given}. It has ${names.join(", ")}.`,
    whichEnvironment: (name: string, names: readonly string[], verb: string) =>
      `${name} has several environments (${names.join(", ")}). Say which: /project ${verb} ${name}${verb === "pin" ? " COMMIT" : ""} env=${names[0]}`,
    commit: {
      malformed: (name: string, given: string) =>
        `${given === "" ? "Which commit?" : `${given} is not a commit.`} Type at least seven characters of its hash: /project pin ${name} 1a2b3c4`,
      unseen: (name: string, given: string) =>
        `${name} has deployed no commit ${given} lately. To pin it to that one all the same, type its whole hash (40 characters).`,
      ambiguous: (name: string, given: string) =>
        `${name} has several commits that begin with ${given}. Type more of it.`,
    },
    /** The wish does not fit what the project is doing. */
    unfit: {
      retry: (name: string, phase: string) => `${name} is ${phase}; only a launch that has stopped can be retried.`,
      cancel: (name: string, phase: string) => `${name} is ${phase}; there is no launch to cancel.`,
      keep: (name: string, phase: string) => `${name} is ${phase}; only a failed launch can be kept as it is.`,
      undo: (name: string, phase: string) => `${name} is ${phase}; undo is for a launch that has stopped.`,
      remove: (name: string, phase: string) => `${name} is ${phase}; it cannot be deleted just now.`,
      pin: (name: string, phase: string) => `${name} is ${phase}; only a live project can be pinned to a commit.`,
      unpin: (name: string, phase: string) => `${name} is ${phase}; only a live project can be unpinned.`,
    },
    undoLive: (name: string) => `${name} is live. To remove it: /project delete ${name}.`,
  },

  access: {
    role: { viewer: "viewers", developer: "developers", admin: "admins" },
    needs: (role: string) => `That is for ${role}.`,
    owner: (requester: string) => `Only ${requester}, who launched it, or an admin may do that.`,
  },
};

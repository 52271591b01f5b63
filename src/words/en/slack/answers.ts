import type { Params } from "../../../project/params.ts";
import { fault } from "../fault.ts";

/** Answers to what a person typed or pressed. */
export const answers = {
  preflight: {
    checked: (name: string) => `Checks for ${name}:`,
    launching: (name: string) => `Launching ${name}. Its thread is in this channel.`,
    launchingUntold: (name: string) => `Launching ${name}.`,
    refused: (name: string) => `${name} was not launched. Nothing was created.`,
    tryInstead: (name: string) => `How about ${name}? It is free.`,
    /** It is written down, and nobody has looked at it yet. */
    requested: (name: string) =>
      `${name} is requested. Its checks have not finished; its thread in this channel starts once they have.`,
    channel: {
      ok: "I can post in this channel",
      missing:
        "I am not in this channel. Type /invite @slipway: the launch continues, and its thread appears when I am in.",
      archived:
        "This channel is archived, so I cannot post the thread. The launch continues: follow it with /project status.",
      unknown: "I could not check whether I am in this channel",
    },
  },

  plan: {
    title: (name: string) => `Creating ${name} would give you:`,
    repository: (p: { repository: string; visibility: "private" | "public"; template: string; webhook: boolean }) =>
      `${p.repository}, ${p.visibility}, from the template ${p.template}${p.webhook ? ", with a webhook to Slipway" : ""}`,
    imageTitle: "Image",
    image: (image: string) => `${image}, built on GitHub on each push`,
    environment: (p: { host: string; namespace: string; objects: string[] }) =>
      `${p.host}, served from the namespace ${p.namespace}: ${p.objects.join(", ")}, and what k8s/ in the repository describes`,
    nothing: "Nothing was created.",
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
    unseenSince: "not visible since",
    answerUnknown: "not checked yet",
    pods: (ready: number, wanted: number) => `${ready} of ${wanted === 1 ? "1 pod" : `${wanted} pods`} ready`,
    runs: (tag: string) => `runs ${tag}`,
    nothingRuns: "nothing runs",
    lastDeploy: "Last deploy:",
  },

  list: {
    title: (count: number) => (count === 1 ? "1 project" : `${count} projects`),
    empty: "No projects yet. /project create NAME launches the first.",
    more: (count: number) => `and ${count} more`,
    unreadable: (p: Params) => `not valid: ${fault(p)}`,
  },

  names: {
    noChannel: "Type this command in a channel: the launch needs one for its thread.",
    which: (verb: string, example = "rrr") => `Which project? For example: /project ${verb} ${example}`,
    notFound: (name: string, nearest: string | undefined) =>
      nearest
        ? `There is no project ${name}. Did you mean ${nearest}?`
        : `There is no project ${name}. /project list shows them.`,
    taken: (name: string) => `${name} already exists.`,
    propose: (name: string) => `How about ${name}?`,
  },

  templates: {
    unknown: (template: string) => `There is no template ${template}. Choose one of these:`,
    use: (template: string) => `Create from ${template}`,
    none: "There are no templates: TEMPLATES_DIR is empty. Ask an operator.",
  },

  parse: {
    unknownVerb: (verb: string, nearest: string | undefined) =>
      nearest ? `There is no command ${verb}. Did you mean ${nearest}?` : `There is no command ${verb}.`,
    optionNotTaken: (option: string, verb: string) => `${verb} does not take ${option}=.`,
    unknownOption: (option: string, nearest: string | undefined) =>
      nearest ? `There is no option ${option}. Did you mean ${nearest}?` : `There is no option ${option}.`,
    optionNeedsValue: (option: string) => `${option} needs a value: ${option}=…`,
  },

  wishes: {
    retry: (name: string) => `Retrying ${name}.`,
    cancel: (name: string) => `Cancelling the launch of ${name}.`,
    keep: (name: string) => `${name} stays as it is.`,
    undo: (name: string) => `Removing what the launch of ${name} created.`,
    remove: (name: string) => `Deleting ${name}.`,
    pin: (name: string, environment: string, commit: string) =>
      `Pinning ${environment} of ${name} to ${commit}. Later pushes wait until you unpin it.`,
    unpin: (name: string, environment: string) => `${environment} of ${name} follows the branch again.`,
    alreadyPinned: (name: string, environment: string) =>
      `${environment} of ${name} is already pinned to that commit. To follow the branch again: /project unpin ${name} env=${environment}`,
    notPinned: (name: string, environment: string) => `${environment} of ${name} is not pinned. It follows the branch.`,
    noEnvironment: (name: string, given: string, names: readonly string[]) =>
      `${name} has no environment ${given}. It has ${names.join(", ")}.`,
    whichEnvironment: (name: string, names: readonly string[], verb: string) =>
      `${name} has several environments (${names.join(", ")}). Choose one: /project ${verb} ${name}${verb === "pin" ? " COMMIT" : ""} env=${names[0]}`,
    commit: {
      malformed: (name: string, given: string) =>
        `${given === "" ? "Which commit?" : `${given} is not a commit.`} Type at least 7 characters of its hash: /project pin ${name} 1a2b3c4`,
      unseen: (name: string, given: string) =>
        `${name} has not deployed a commit ${given} recently. To pin it to that commit anyway, type its full hash (40 characters).`,
      ambiguous: (name: string, given: string) =>
        `${name} has several commits that start with ${given}. Type more characters.`,
    },
    /** The wish does not fit what the project is doing. */
    unfit: {
      create: (name: string, phase: string) => `${name} is ${phase} already.`,
      retry: (name: string, phase: string) => `${name} is ${phase}; only a launch that has stopped can be retried.`,
      cancel: (name: string, phase: string) => `${name} is ${phase}; there is no launch to cancel.`,
      keep: (name: string, phase: string) => `${name} is ${phase}; only a failed launch can be kept as it is.`,
      undo: (name: string, phase: string) => `${name} is ${phase}; undo is for a launch that has stopped.`,
      remove: (name: string, phase: string) => `${name} is ${phase}; it cannot be deleted now.`,
      pin: (name: string, phase: string) => `${name} is ${phase}; only a live project can be pinned to a commit.`,
      check: (name: string, phase: string) => `${name} is ${phase}; there is nothing left to check.`,
      unpin: (name: string, phase: string) => `${name} is ${phase}; only a live project can be unpinned.`,
    },
    undoLive: (name: string) => `${name} is live. To remove it: /project delete ${name}.`,
  },

  access: {
    role: { viewer: "viewers", developer: "developers", admin: "admins" },
    needs: (role: string) => `Only ${role} may do that.`,
    needsIn: (role: string, environment: string) => `Only ${role} may do that in ${environment}.`,
    owner: (requester: string) => `Only ${requester}, who launched it, or an admin may do that.`,
  },
};

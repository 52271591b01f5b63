import type { FindingWords } from "../../words.ts";
import { fault } from "../fault.ts";

/** Slipway's own troubles. */
export const slipway: Record<string, FindingWords> = {
  internal: {
    title: () => "Slipway itself failed",
    cause: () => "A step failed in a way that Slipway does not know.",
    impact: () => "The launch stops here; what was made stays.",
    fix: () => "Retry. If it fails again, an operator finds the whole error in Slipway's log.",
  },
  "ledger-unknown-kind": {
    title: () => "Something cannot be removed by this version",
    cause: (p) => `The ledger names a ${p.kind}, which this version of Slipway does not know how to remove.`,
    impact: () => "It stays, with what was made before it.",
    fix: () => "Remove it by hand, or update Slipway.",
  },
  "project-unreadable": {
    title: (p) => `The Project ${p.name} cannot be read`,
    cause: (p) =>
      `The Project ${p.name} cannot be read: ${fault(p)}.${p.others ? ` The same goes for ${p.others}.` : ""}`,
    impact: () =>
      "Until it can be read, Slipway leaves it alone: no push is deployed, and its thread says nothing new.",
    fix: (p) =>
      p.fault === "newer"
        ? "An operator upgrades Slipway to the version that wrote it."
        : `An operator corrects it: kubectl -n ${p.namespace} edit project ${p.name}${String(p.field).startsWith("status") ? " --subresource=status" : ""}.`,
  },
  "wishes-waiting": {
    title: (p) => `Too much is asked of ${p.name} at once`,
    cause: (p) => `Too many requests for ${p.name} already wait to be carried out, so this one was not noted.`,
    impact: () => "Nothing was changed.",
    fix: () =>
      "Ask again in a minute. If that does not help, an operator looks whether Slipway's pods run: one of them has to lead.",
  },
  "leader-lost": {
    title: () => "Another replica leads now",
    cause: () => "The replica that was at work is not the leader any more.",
    impact: () => "It has stopped there; the new leader goes on with everything.",
    fix: () => "Nothing to do.",
  },
  "slack-not-in-channel": {
    title: () => "Slipway is not in the channel",
    cause: () => "Slack does not let Slipway post where it is no member.",
    impact: () => "The launch goes on; nobody sees it in the channel.",
    fix: () => "Type /invite @slipway there.",
  },
  "slack-archived": {
    title: () => "The channel is archived",
    cause: () => "Slack takes no messages in an archived channel.",
    impact: () => "The launch goes on; nobody sees it in the channel.",
    fix: () => "Unarchive the channel.",
  },
  "slack-scope-missing": {
    title: () => "Slipway lacks a Slack scope",
    cause: () => "The Slack app was installed without a scope that this needs.",
    impact: () => "The launch goes on; some messages are missing.",
    fix: () => "An operator installs the app anew from manifests/slack-app.yaml.",
  },
  "slack-unreachable": {
    title: () => "Slack does not answer",
    cause: () => "Slack could not be reached.",
    impact: () => "The launch goes on; messages follow once Slack answers.",
    fix: () => "Nothing to do.",
  },
  "slack-token-invalid": {
    title: () => "Slack refuses Slipway's token",
    cause: () => "The token was revoked or is mistyped.",
    impact: () => "The launch goes on; nobody sees it in Slack.",
    fix: () => "An operator renews SLACK_BOT_TOKEN.",
  },
};

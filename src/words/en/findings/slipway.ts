import type { slipway as codes } from "../../../project/finding-params/slipway.ts";
import type { FindingsWords } from "../../words.ts";
import { fault } from "../fault.ts";

/** Slipway's own troubles. */
export const slipway: FindingsWords<keyof typeof codes> = {
  internal: {
    title: () => "Slipway failed",
    cause: () => "A step failed with an unexpected error.",
    impact: () => "The launch stops here. Slipway keeps what it created.",
    fix: () => "Press Retry. If it fails again, an operator finds the full error in Slipway's log.",
  },
  "ledger-unknown-kind": {
    title: () => "Slipway cannot remove something",
    cause: (p) => `This version of Slipway does not know how to remove a ${p.kind}.`,
    impact: () => "It stays, and so does everything created before it.",
    fix: () => "Remove it by hand, or ask an operator to update Slipway.",
  },
  "project-unreadable": {
    title: (p) => `Slipway cannot read the Project ${p.name}`,
    cause: (p) => `The Project ${p.name} is not valid: ${fault(p)}.${p.others ? ` Also not valid: ${p.others}.` : ""}`,
    impact: () => "Slipway ignores it until this is fixed: pushes are not deployed, and the thread is not updated.",
    fix: (p) =>
      p.fault === "newer"
        ? "An operator upgrades Slipway to the version that wrote the status."
        : `An operator fixes it: kubectl -n ${p.namespace} edit project ${p.name}${String(p.field).startsWith("status") ? " --subresource=status" : ""}.`,
  },
  "wishes-waiting": {
    title: (p) => `${p.name} has too many waiting requests`,
    cause: (p) => `Too many requests for ${p.name} are already waiting, so Slipway did not accept this one.`,
    impact: () => "Nothing was changed.",
    fix: () =>
      "Try again in a minute. If that does not help, an operator checks that Slipway's pods run and that one of them is the leader.",
  },
  "leader-lost": {
    title: () => "Another replica is the leader now",
    cause: () => "The replica at work is no longer the leader.",
    impact: () => "It has stopped, and the new leader continues.",
    fix: () => "You need not do anything.",
  },
  "slack-not-in-channel": {
    title: () => "Slipway is not in the channel",
    cause: () => "Slack lets Slipway post only in channels that it is a member of.",
    impact: () => "The launch continues, but nobody sees it in the channel.",
    fix: () => "Type /invite @slipway in the channel.",
  },
  "slack-archived": {
    title: () => "The channel is archived",
    cause: () => "Slack does not accept messages in an archived channel.",
    impact: () => "The launch continues, but nobody sees it in the channel.",
    fix: () => "Unarchive the channel.",
  },
  "slack-scope-missing": {
    title: () => "Slipway lacks a Slack scope",
    cause: () => "The Slack app was installed without a scope that Slipway needs.",
    impact: () => "The launch continues, but some messages are missing.",
    fix: () => "An operator reinstalls the app from manifests/slack-app.yaml.",
  },
  "slack-unreachable": {
    title: () => "Slack does not answer",
    cause: () => "Slipway cannot reach Slack.",
    impact: () => "The launch continues. Messages follow once Slack answers.",
    fix: () => "You need not do anything.",
  },
  "slack-token-invalid": {
    title: () => "Slack rejects Slipway's token",
    cause: () => "The token was revoked or mistyped.",
    impact: () => "The launch continues, but nobody sees it in Slack.",
    fix: () => "An operator renews SLACK_BOT_TOKEN.",
  },
};

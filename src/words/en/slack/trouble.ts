/** What stands around a finding, and what is said where Slack or Slipway itself fails. */
export const trouble = {
  finding: {
    fix: "What to do:",
    still: (count: number, time: string) =>
      count > 1 ? `still failing, ${count} times, ${time}` : `failing for ${time}`,
    seenFrom: {
      slipway: "seen by me",
      cluster: "seen in the cluster",
      inside: "seen from inside the cluster",
      github: "seen on GitHub",
      registry: "seen in the registry",
      outside: (vantage: string) => (vantage === "" ? "seen from outside" : `seen from outside (${vantage})`),
      other: (where: string) => `seen from ${where}`,
    },
    since: "since",
    recovered: (time: string) => `Resolved after ${time}:`,
    /** Nobody looks whether it is over. */
    unlooked: (environment: string) => `No longer looked at, since ${environment} was taken out of the project:`,
    lastLines: (job: string, step: string) => `Last lines of ${job} › ${step}`,
    unnamed: (code: string) => `Something went wrong (${code})`,
  },

  problems: {
    "slack-not-in-channel": (name: string, channel: string) =>
      `${name} goes on, but I cannot tell about it in ${channel}: I am not in it. Type /invite @slipway there and its thread comes.`,
    "slack-archived": (name: string, channel: string) =>
      `${name} goes on, but ${channel} is archived, so its thread has no place. Unarchive it and the thread comes; /project status ${name} tells how it stands.`,
    "slack-scope-missing": (name: string, scope: string) =>
      `${name} goes on, but Slack does not let me tell about it: the app lacks the scope ${scope}. An admin adds it under OAuth & Permissions and reinstalls the app.`,
    "slack-unreachable": (name: string) => `${name} goes on, but Slack does not answer.`,
    "slack-token-invalid": (name: string) => `${name} goes on, but Slack refuses the bot's token.`,
  },

  failed: {
    unexpected:
      "That went wrong on my side; it is in my log. Look in a moment whether anything came of it before you try again.",
    notNotedYet:
      "This is not noted yet: something that I need for it is slow to answer. If nothing follows within a minute, type it again.",
    cannotYet: "That button does nothing here yet.",
  },
};

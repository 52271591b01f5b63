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
    unlooked: (environment: string) => `No longer checked, because ${environment} was removed from the project:`,
    /** `whom`: who asked, and when. */
    checking: (whom: string) => `Checking again for ${whom}.`,
    checkingStill: (whom: string) => `Still checking for ${whom}: the URL has not been checked since.`,
    checkedThere: (whom: string) => `Checked again for ${whom}: still failing.`,
    checkedUnseen: (whom: string, reason: string) => `Checked again for ${whom}, without a result: ${reason}.`,
    unchecked: (name: string) =>
      `Still checking ${name}: no replica of Slipway has started yet. The answer will be in its thread. If none comes, an operator runs /project doctor.`,
    lastLines: (job: string, step: string) => `Last lines of ${job} › ${step}`,
    unnamed: (code: string) => `Something went wrong (${code})`,
  },

  problems: {
    "slack-not-in-channel": (name: string, channel: string) =>
      `I cannot post about ${name} in ${channel}, because I am not in it. Type /invite @slipway there, and its thread appears.`,
    "slack-archived": (name: string, channel: string) =>
      `I cannot post about ${name} in ${channel}, because it is archived. Unarchive it, and the thread appears. Until then: /project status ${name}`,
    "slack-scope-missing": (name: string, scope: string) =>
      `I cannot post about ${name}: the Slack app lacks the scope ${scope}. An admin adds it under OAuth & Permissions and reinstalls the app.`,
    "slack-unreachable": (name: string) => `I cannot post about ${name}: Slack does not answer.`,
    "slack-token-invalid": (name: string) => `I cannot post about ${name}: Slack rejects my token.`,
  },

  failed: {
    unexpected:
      "Something went wrong on my side; an operator finds it in my log. Check in a moment whether it was done before you try again.",
    notNotedYet:
      "I have not accepted this yet: something that I need is slow to answer. If nothing happens within 1 min, type it again.",
    cannotYet: "That button does not work here yet.",
  },
};

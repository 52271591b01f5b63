/** The Home tab. */
export const home = {
  needsYou: "Needs you",
  mine: "My projects",
  others: "Other projects",
  unreadable: "Not valid",
  firstLaunch: "launch",
  recent: "Recent deploys",
  nothing: "You have not launched a project yet.",
  intro: "Slipway launches projects: repository, image, cluster, certificate and URL, all in one thread.",
  failed: (name: string) => `${name}: the launch failed`,
  more: (count: number) => `and ${count} more`,
};

/** The Home tab. */
export const home = {
  needsYou: "Needs you",
  mine: "My projects",
  others: "Other projects",
  unreadable: "Cannot be read",
  firstLaunch: "launch",
  recent: "Recent deploys",
  nothing: "You have launched no project yet.",
  intro: "Slipway launches projects: repository, image, cluster, certificate and URL, told in one thread.",
  failed: (name: string) => `${name}: the launch failed`,
  more: (count: number) => `and ${count} more`,
};

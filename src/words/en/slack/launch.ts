/** What the messages of a launch or deploy say. */
export const launch = {
  launch: {
    /** Under the rows of a launch that is over: they are history. `when` is a time, `name` the project. */
    asOf: (when: string, name: string) => `As of the launch, ${when}. How it is now: /project status ${name}`,
    cancelled: "Slipway stopped here. Retry continues the launch, Undo removes what it created.",
    cancelledBy: (who: string) => `Cancelled by ${who}.`,
    cancelling: "Cancelling…",
    retrying: "Retrying…",
    retried: "Retrying from where it stopped.",
    retriedBy: (who: string) => `${who} retried, from where it stopped.`,
    keptBy: (who: string) => `Kept by ${who}.`,
    kept: "Slipway leaves it as it is. Retry continues the launch, Undo removes what it created.",
    removing: (gone: number, all: number) =>
      all === 0
        ? "Removing what this launch created."
        : `Removing what this launch created, newest first: ${gone} of ${all} removed.`,
    deleting: (gone: number, all: number) =>
      all === 0
        ? "Deleting everything created for it."
        : `Deleting everything created for it, newest first: ${gone} of ${all} deleted.`,
    askedBy: (who: string) => `Requested by ${who}.`,
    removed: "Everything this launch created is removed.",
    deleted: "Everything created for it is deleted.",
    undoneBy: (who: string) => `Undone by ${who}.`,
    deletedBy: (who: string) => `Deleted by ${who}.`,
    stopped: "stopped",
    /** Of the rollout, where nothing has run before. */
    waitsForFirstImage: "waits for the image (this is normal on a first deploy)",
  },

  deploy: {
    /** Of the link to what it changes. */
    compare: "compare",
    byAuthor: (author: string) => `by ${author}`,
    failed: (tag: string) => `The deploy of ${tag} failed.`,
    /** What was seen to run while it failed. */
    stillRuns: (where: string, tag: string, ready: number, wanted: number) =>
      `${where} still runs ${tag} (${ready} of ${wanted === 1 ? "1 pod" : `${wanted} pods`} ready).`,
    heldBack: (environments: readonly string[]) =>
      environments.length === 1
        ? `${environments[0]} is pinned to another commit, so this one is not deployed there.`
        : `${environments.join(", ")} are pinned to other commits, so this one is not deployed there.`,
    wasHeldBack: (environments: readonly string[]) =>
      environments.length === 1
        ? `${environments[0]} was pinned to another commit, so this one was not deployed there.`
        : `${environments.join(", ")} were pinned to other commits, so this one was not deployed there.`,
    pin: (environment: string) => `${environment} pinned to this commit`,
    pinnedImage: (environment: string, tag: string) => `${environment} pinned to the image ${tag}`,
    /** Of a tag whose commit is not known. */
    pinnedImageOnly: (environment: string, tag: string) =>
      `${environment} pinned to the image ${tag} only. Its commit is unknown, so the manifests do not change`,
  },

  /** Of a Project that was deleted with kubectl. */
  farewell: {
    title: "no longer looked after",
    /** `what` stays: `Namespace rrr`. */
    letGo: (name: string, what: string) =>
      `The Project ${name} was deleted with kubectl, so I no longer look after it. Everything made for it stays as it is: ${what}. A push is built, but nothing deploys it.`,
    refused: (name: string) => `The Project ${name} is being deleted with kubectl, so I no longer act on it.`,
    removed: "Its Project was deleted with kubectl. What was made for it in the cluster is gone.",
    repositoryStays: (repository: string) =>
      `The repository ${repository} stays. If nobody needs it: delete it on GitHub.`,
  },

  cancelConfirm: {
    title: "Cancel this launch?",
    text: (name: string) => `Slipway stops the launch of ${name} and keeps what it created until you undo it.`,
    yes: "Cancel the launch",
    no: "Continue",
  },

  pins: {
    goBack: (environment: string | undefined) =>
      environment === undefined ? "Go back to this" : `Go back to this in ${environment}`,
    follow: (environment: string | undefined) =>
      environment === undefined ? "Follow the branch" : `Follow the branch in ${environment}`,
    confirm: {
      title: "Go back to this commit?",
      text: (environment: string, commit: string) =>
        `${environment} gets the manifests and image of ${commit} and stays there. Later pushes wait until it follows the branch again.`,
      yes: "Go back",
      no: "Keep it",
    },
    askedBy: (person: string) => `Requested by ${person}.`,
  },

  milestones: {
    repository: (repository: string, template: string) =>
      `Repository created: ${repository}, from the template ${template}.`,
    image: (time: string | undefined) => (time ? `Image built in ${time}.` : "Image built."),
    running: (time: string | undefined) => (time ? `Running ${time} after the image was built.` : "Running."),
    live: (name: string, address: string, time: string | undefined) =>
      `${name} is live at ${address}${time ? `, ${time}` : ""}`,
    /** Of several environments, where each is. */
    environment: (environment: string, address: string) => `${environment}: ${address}`,
    /** Between the parts of what took the time. */
    took: (parts: { stage: string; time: string }[]) =>
      parts.length === 0 ? "" : `What took the time: ${parts.map((part) => `${part.stage} ${part.time}`).join(", ")}.`,
    firstSteps: "To change it, clone, commit and push. Each push is built and deployed in its own thread.",
  },

  buttons: {
    viewBuild: "View build",
    openRepository: "Open repository",
    openSite: "Open site",
    openThread: "Open thread",
    cancel: "Cancel",
    retry: "Retry",
    undo: "Undo",
    keep: "Keep as it is",
    create: "Create a project",
    createAs: (name: string) => `Create ${name}`,
  },
};

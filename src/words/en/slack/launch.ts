/** What the messages of a launch or deploy say. */
export const launch = {
  launch: {
    /** Under the rows of a launch that is over: they are history. `when` is a time, `name` the project. */
    asOf: (when: string, name: string) => `As of the launch, ${when}. How it is now: /project status ${name}`,
    cancelled: "Nothing more is made. What was made so far is still there: Undo removes it, Retry goes on with it.",
    cancelledBy: (who: string) => `Cancelled by ${who}.`,
    cancelling: "Cancelling…",
    retrying: "Retrying…",
    retried: "Tried again, from where it stopped.",
    retriedBy: (who: string) => `Tried again by ${who}, from where it stopped.`,
    keptBy: (who: string) => `Kept by ${who}.`,
    kept: "Left as it is, for you to look at. Retry goes on from here, Undo removes what was made.",
    removing: (gone: number, all: number) =>
      all === 0
        ? "Removing what this launch made."
        : `Removing what this launch made, newest first: ${gone} of ${all} gone.`,
    deleting: (gone: number, all: number) =>
      all === 0
        ? "Deleting all that was made for it."
        : `Deleting all that was made for it, newest first: ${gone} of ${all} gone.`,
    askedBy: (who: string) => `Asked for by ${who}.`,
    removed: "Everything this launch made is gone.",
    deleted: "Everything made for it is gone.",
    undoneBy: (who: string) => `Undone by ${who}.`,
    deletedBy: (who: string) => `Deleted by ${who}.`,
    stopped: "stopped",
  },

  deploy: {
    byAuthor: (author: string) => `by ${author}`,
    failed: (tag: string) => `The deploy of ${tag} failed.`,
    /** What was seen to run while it failed. */
    stillRuns: (where: string, tag: string, ready: number, wanted: number) =>
      `${where} still runs ${tag} (${ready} of ${wanted === 1 ? "1 pod" : `${wanted} pods`} ready).`,
    heldBack: (environments: readonly string[]) =>
      environments.length === 1
        ? `${environments[0]} is pinned to another commit and does not get this one.`
        : `${environments.join(", ")} are pinned to other commits and do not get this one.`,
    wasHeldBack: (environments: readonly string[]) =>
      environments.length === 1
        ? `${environments[0]} was pinned to another commit and did not get this one then.`
        : `${environments.join(", ")} were pinned to other commits and did not get this one then.`,
    pin: (environment: string) => `${environment} pinned to this commit`,
    pinnedImage: (environment: string, tag: string) => `${environment} pinned to the image ${tag}`,
    /** Of a tag whose commit is not known. */
    pinnedImageOnly: (environment: string, tag: string) =>
      `${environment} pinned to the image ${tag} alone: its commit is not known, so the manifests stay as they are`,
  },

  cancelConfirm: {
    title: "Cancel this launch?",
    text: (name: string) => `${name} stops where it is. What was made so far stays until you undo it.`,
    yes: "Cancel the launch",
    no: "Go on",
  },

  pins: {
    goBack: (environment: string | undefined) =>
      environment === undefined ? "Go back to this" : `Go back to this in ${environment}`,
    follow: (environment: string | undefined) =>
      environment === undefined ? "Follow the branch" : `Follow the branch in ${environment}`,
    confirm: {
      title: "Go back to this commit?",
      text: (environment: string, commit: string) =>
        `${environment} gets manifests and image of ${commit}, and stays there: later pushes wait until it follows the branch again.`,
      yes: "Go back",
      no: "Leave it",
    },
    askedBy: (person: string) => `Asked for by ${person}.`,
  },

  milestones: {
    repository: (repository: string, template: string) =>
      `Repository created: ${repository}, from the template ${template}.`,
    image: (time: string | undefined) => (time ? `Image built in ${time}.` : "Image built."),
    running: (time: string | undefined) => (time ? `Running, ${time} after the image was built.` : "Running."),
    live: (name: string, address: string, time: string | undefined) =>
      `${name} is live at ${address}${time ? `, ${time}` : ""}`,
    /** Of several environments, where each is. */
    environment: (environment: string, address: string) => `${environment}: ${address}`,
    /** Between the parts of what took the time. */
    took: (parts: { stage: string; time: string }[]) =>
      parts.length === 0 ? "" : `What took the time: ${parts.map((part) => `${part.stage} ${part.time}`).join(", ")}.`,
    firstSteps: "To change it: clone, commit, push. Each push is built and deployed, in a thread of its own.",
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

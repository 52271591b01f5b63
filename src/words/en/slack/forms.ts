/** What forms say. */
export const forms = {
  undo: {
    title: "Undo the launch",
    intro: (name: string, count: number) =>
      count === 1
        ? `The launch of ${name} created one thing, which will be removed:`
        : `The launch of ${name} created ${count} things, which will be removed, newest first:`,
    intended: "may exist",
    nothing: (name: string) => `The launch of ${name} created nothing. Undo closes it.`,
    submit: "Remove",
    close: "Keep it",
    open: "Show what would be removed",
    offer: (name: string, count: number) =>
      count === 1
        ? `Undo would remove the one thing that the launch of ${name} created.`
        : `Undo would remove the ${count} things that the launch of ${name} created.`,
  },

  remove: {
    title: "Delete a project",
    intro: (name: string) =>
      `This deletes ${name} for everyone: its pods, its repository with all commits, and its images. You cannot undo this.`,
    will: "What will be removed, newest first:",
    label: (name: string) => `Type ${name} to confirm`,
    mismatch: (name: string) => `That is not ${name}.`,
    submit: "Delete",
    close: "Keep it",
    offer: (name: string) => `To delete ${name}, confirm its name.`,
    open: "Delete…",
  },

  modal: {
    title: "Create a project",
    submit: "Launch",
    close: "Cancel",
    name: "Name",
    nameHint: "Becomes the repository, the namespace and the host: lower-case letters, digits and hyphens.",
    template: "Template",
    owner: "Owner on GitHub",
    visibility: "Repository",
    visibilities: { private: "Private", public: "Public" },
    environments: "Environments",
    environmentsHint: "Separated by commas. The first is the default.",
    domain: "Domain",
    domainHint: (base: string) => `If empty: <name>.${base}`,
    channel: "Channel for the thread",
    checking: "Checking…",

    open: "The form opens from a button:",
    launched: "Launched. Follow it in the channel's thread.",
    done: "Close",
  },
};

/** What forms say. */
export const forms = {
  undo: {
    title: "Undo the launch",
    intro: (name: string, count: number) =>
      count === 1
        ? `The launch of ${name} made one thing. It will be removed:`
        : `The launch of ${name} made ${count} things. They will be removed, newest first:`,
    intended: "may have been made",
    nothing: (name: string) => `The launch of ${name} made nothing, so there is nothing to remove. Undo closes it.`,
    submit: "Remove",
    close: "Leave it",
    open: "Show what would go",
    offer: (name: string, count: number) =>
      count === 1
        ? `Undo would remove the one thing that the launch of ${name} made.`
        : `Undo would remove the ${count} things that the launch of ${name} made.`,
  },

  remove: {
    title: "Delete a project",
    intro: (name: string) =>
      `This deletes ${name} for everyone: what it runs, its repository with all commits, its images. This cannot be undone.`,
    will: "What will be removed, newest first:",
    label: (name: string) => `Type ${name} to confirm`,
    mismatch: (name: string) => `That is not ${name}.`,
    submit: "Delete",
    close: "Leave it",
    offer: (name: string) => `Deleting ${name} asks for its name.`,
    open: "Delete…",
  },

  modal: {
    title: "Create a project",
    submit: "Launch",
    close: "Never mind",
    name: "Name",
    nameHint: "Becomes the repository, the namespace and the host: lower-case letters, digits and hyphens.",
    template: "Template",
    owner: "Owner on GitHub",
    visibility: "Repository",
    visibilities: { private: "Private", public: "Public" },
    environments: "Environments",
    environmentsHint: "Separated by commas; the first is the default one.",
    domain: "Domain",
    domainHint: (base: string) => `Left empty: <name>.${base}`,
    channel: "Channel for the thread",
    checking: "Checking…",

    open: "The form opens from a button:",
    launched: "Done. The thread in the channel tells the rest.",
    done: "Close",
  },
};

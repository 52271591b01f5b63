/** What `/project help` says. */
export const help = {
  title: "What I can do",
  thread: "In a project's thread, @slipway status (or retry, undo, cancel, delete) refers to that project.",
  commands: {
    create: {
      summary: "Launch a project: repository, image, cluster, URL",
      examples: [
        "/project create rrr",
        "/project create rrr template=nextjs env=production,staging",
        "/project create rrr owner=acme domain=rrr.example.com public",
        "/project create",
      ],
    },
    plan: {
      summary: "Preview what create would do, without doing it",
      examples: ["/project plan rrr template=nextjs"],
    },
    status: { summary: "Show how a project is now", examples: ["/project status rrr", "/project status"] },
    list: { summary: "List all projects with state and URL", examples: ["/project list"] },
    doctor: {
      summary: "Diagnose a project now, or without a name the cluster and me. Changes nothing",
      examples: ["/project doctor rrr", "/project doctor"],
    },
    retry: { summary: "Continue a launch that has stopped", examples: ["/project retry rrr"] },
    undo: { summary: "Remove only what a launch created. Asks first", examples: ["/project undo rrr"] },
    cancel: { summary: "Stop a launch and keep what it created", examples: ["/project cancel rrr"] },
    keep: { summary: "Keep a failed launch as it is", examples: ["/project keep rrr"] },
    pin: {
      summary: "Keep an environment at a commit, whatever is pushed",
      examples: ["/project pin rrr 1a2b3c4", "/project pin rrr 1a2b3c4 env=production"],
    },
    unpin: {
      summary: "Make an environment follow the branch again",
      examples: ["/project unpin rrr", "/project unpin rrr env=production"],
    },
    delete: { summary: "Delete a project. Asks for its name", examples: ["/project delete rrr"] },
    help: { summary: "Show this, or examples of one command", examples: ["/project help create"] },
  },
};

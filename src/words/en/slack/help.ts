/** What `/project help` says. */
export const help = {
  title: "What I can do",
  thread: "In a project's thread, @slipway status (or retry, undo, cancel, delete) means that project.",
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
    plan: { summary: "Show what create would make; makes nothing", examples: ["/project plan rrr template=nextjs"] },
    status: { summary: "How a project stands now", examples: ["/project status rrr", "/project status"] },
    list: { summary: "All projects, with state and URL", examples: ["/project list"] },
    doctor: {
      summary: "Diagnose a project now; without a name, the cluster and me. Changes nothing",
      examples: ["/project doctor rrr", "/project doctor"],
    },
    retry: { summary: "Go on with a launch that has stopped", examples: ["/project retry rrr"] },
    undo: { summary: "Remove what a launch made, and only that; asks first", examples: ["/project undo rrr"] },
    cancel: { summary: "Stop a launch where it is", examples: ["/project cancel rrr"] },
    keep: { summary: "Leave a failed launch as it is", examples: ["/project keep rrr"] },
    pin: {
      summary: "Hold an environment at a commit, manifests and image, whatever is pushed",
      examples: ["/project pin rrr 1a2b3c4", "/project pin rrr 1a2b3c4 env=production"],
    },
    unpin: {
      summary: "Let an environment follow the branch again",
      examples: ["/project unpin rrr", "/project unpin rrr env=production"],
    },
    delete: { summary: "Delete a project; asks for its name", examples: ["/project delete rrr"] },
    help: { summary: "This, or the examples of one command", examples: ["/project help create"] },
  },
};

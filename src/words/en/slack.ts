/** What the bot says in Slack. Plain text: views escape it and set what is bold or a link. */
export const slack = {
  stages: {
    repository: "Repository",
    cluster: "Cluster",
    build: "Image build",
    rollout: "Rollout",
    ingress: "Ingress",
    certificate: "Certificate",
    reachable: "Reachable",
  },

  phases: {
    Launching: "launching",
    Live: "live",
    Failed: "failed",
    Cancelled: "cancelled",
    Kept: "kept as it is",
    Removing: "removing",
    Removed: "removed",
  },

  deployStates: {
    running: "deploying",
    live: "live",
    failed: "deploy failed",
    superseded: "superseded by a newer commit",
  },

  /** `5 min 12 s`, `48 s`, `2 h 3 min`, `3 d 4 h`. */
  duration: (seconds: number) => {
    const s = Math.max(0, Math.round(seconds));
    if (s < 60) return `${s} s`;
    if (s < 3600) return s % 60 === 0 ? `${s / 60} min` : `${Math.floor(s / 60)} min ${s % 60} s`;
    if (s < 86_400) return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
    return `${Math.floor(s / 86_400)} d ${Math.floor((s % 86_400) / 3600)} h`;
  },
  /** As a stopwatch shows it: `2:41`, `1:02:41`. */
  stopwatch: (seconds: number) => {
    const s = Math.max(0, Math.round(seconds));
    const two = (n: number) => String(n).padStart(2, "0");
    const rest = `${Math.floor((s % 3600) / 60)}:${two(s % 60)}`;
    return s < 3600 ? rest : `${Math.floor(s / 3600)}:${two(Math.floor((s % 3600) / 60))}:${two(s % 60)}`;
  },
  timeLeft: (time: string) => `about ${time} left`,
  pastUsual: (time: string) => `past the usual ${time}`,
  slowerThanUsual: (time: string) => `slower than usual (${time})`,
  usually: (time: string) => `usually ${time}`,
  after: (time: string) => `after ${time}`,
  inTime: (time: string) => `in ${time}`,

  launch: {
    cancelled: "Nothing more is made. What was made so far is still there: Undo removes it, Retry goes on with it.",
    cancelledBy: (who: string) => `Cancelled by ${who}.`,
    cancelling: "Cancelling…",
    retrying: "Retrying…",
    retried: "Tried again, from where it stopped.",
    kept: "Left as it is, for you to look at. Retry goes on from here, Undo removes what was made.",
    removing: (gone: number, all: number) =>
      all === 0
        ? "Removing what this launch made."
        : `Removing what this launch made, newest first: ${gone} of ${all} gone.`,
    removed: "Everything this launch made is gone.",
    stopped: "stopped",
  },

  deploy: {
    byAuthor: (author: string) => `by ${author}`,
    failed: (tag: string) => `The deploy of ${tag} failed. What ran before goes on running.`,
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
  cancelConfirm: {
    title: "Cancel this launch?",
    text: (name: string) => `${name} stops where it is. What was made so far stays until you undo it.`,
    yes: "Cancel the launch",
    no: "Go on",
  },

  milestones: {
    repository: (repository: string, template: string) =>
      `Repository created: ${repository}, from the template ${template}.`,
    image: (time: string | undefined) => (time ? `Image built in ${time}.` : "Image built."),
    running: (time: string | undefined) => (time ? `Running, ${time} after the image was there.` : "Running."),
    live: (name: string, address: string, time: string | undefined) =>
      `${name} is live at ${address}${time ? `, ${time}` : ""}`,
    /** Between the parts of what took the time. */
    took: (parts: { stage: string; time: string }[]) =>
      parts.length === 0 ? "" : `What took the time: ${parts.map((part) => `${part.stage} ${part.time}`).join(", ")}.`,
    firstSteps: "To change it: clone, commit, push. Each push is built and deployed, in a thread of its own.",
  },

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
    recovered: (time: string) => `Over after ${time}:`,
    lastLines: (job: string, step: string) => `Last lines of ${job} › ${step}`,
    unnamed: (code: string) => `Something went wrong (${code})`,
  },

  preflight: {
    checked: (name: string) => `${name}, checked before anything is made:`,
    launching: (name: string) => `Launching ${name}. Its thread is in this channel.`,
    launchingUntold: (name: string) => `Launching ${name}.`,
    refused: (name: string) => `${name} was not launched; nothing was made.`,
    tryInstead: (name: string) => `How about ${name}? It is free.`,
    unanswered: "The checks gave no answer, so nothing was made. Try again in a moment.",
    channel: {
      ok: "I can post in this channel",
      missing:
        "I am not in this channel: type /invite @slipway. The launch goes on, and its thread comes when I am in.",
      archived:
        "This channel is archived, so the thread has no place. The launch goes on; /project status tells how it stands.",
      unknown: "could not look whether I am in this channel",
    },
  },

  plan: {
    title: (name: string) => `Creating ${name} would make, in this order:`,
    nothing: "Nothing was made.",
    more: (count: number) => `and ${count} more`,
  },

  status: {
    asOf: "as of",
    noFindings: "No open problems",
    thread: "Thread",
  },

  list: {
    title: (count: number) => (count === 1 ? "1 project" : `${count} projects`),
    empty: "No projects yet. /project create NAME launches the first.",
    more: (count: number) => `and ${count} more`,
  },

  names: {
    noChannel: "A launch needs a channel for its thread: type the command in one.",
    which: (verb: string, example = "rrr") => `Which project? For example: /project ${verb} ${example}`,
    notFound: (name: string, nearest: string | undefined) =>
      nearest
        ? `There is no project ${name}. Did you mean ${nearest}?`
        : `There is no project ${name}. /project list shows them.`,
    taken: (name: string) => `${name} exists already.`,
    propose: (name: string) => `How about ${name}?`,
  },

  templates: {
    unknown: (template: string) => `There is no template ${template}. These there are:`,
    use: (template: string) => `Create from ${template}`,
    none: "There is no template at all: the bot's TEMPLATES_DIR is empty.",
  },

  parse: {
    unknownVerb: (verb: string, nearest: string | undefined) =>
      nearest ? `There is no command ${verb}. Did you mean ${nearest}?` : `There is no command ${verb}.`,
    unknownOption: (option: string, nearest: string | undefined) =>
      nearest ? `There is no option ${option}. Did you mean ${nearest}?` : `There is no option ${option}.`,
    optionNeedsValue: (option: string) => `${option} needs a value: ${option}=…`,
  },

  wishes: {
    retry: (name: string) => `Retrying ${name}.`,
    cancel: (name: string) => `Cancelling the launch of ${name}.`,
    keep: (name: string) => `${name} stays as it is.`,
    undo: (name: string) => `Removing what the launch of ${name} made.`,
    remove: (name: string) => `Deleting ${name}.`,
    /** The wish does not fit what the project is doing. */
    unfit: {
      retry: (name: string, phase: string) => `${name} is ${phase}; only a launch that has stopped can be retried.`,
      cancel: (name: string, phase: string) => `${name} is ${phase}; there is no launch to cancel.`,
      keep: (name: string, phase: string) => `${name} is ${phase}; only a failed launch can be kept as it is.`,
      undo: (name: string, phase: string) => `${name} is ${phase}; undo is for a launch that has stopped.`,
      remove: (name: string, phase: string) => `${name} is ${phase}; it cannot be deleted just now.`,
    },
    undoLive: (name: string) => `${name} is live. To remove it: /project delete ${name}.`,
  },

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
      `This deletes ${name} for everyone: what it runs, its repository with all commits, its images. It cannot be undone.`,
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

  home: {
    needsYou: "Needs you",
    mine: "My projects",
    others: "Other projects",
    firstLaunch: "launch",
    recent: "Recent deploys",
    nothing: "You have launched no project yet.",
    intro: "Slipway launches projects: repository, image, cluster, certificate and URL, told in one thread.",
    failed: (name: string) => `${name}: the launch failed`,
    more: (count: number) => `and ${count} more`,
  },

  access: {
    role: { viewer: "viewers", developer: "developers", admin: "admins" },
    needs: (role: string) => `That is for ${role}.`,
    owner: (requester: string) => `Only ${requester}, who launched it, or an admin may do that.`,
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
    unexpected: "That went wrong on my side, and nothing was changed. It is in my log; try again in a moment.",
    cannotYet: "That button does nothing here yet.",
  },

  help: {
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
      retry: { summary: "Go on with a launch that has stopped", examples: ["/project retry rrr"] },
      undo: { summary: "Remove what a launch made, and only that; asks first", examples: ["/project undo rrr"] },
      cancel: { summary: "Stop a launch where it is", examples: ["/project cancel rrr"] },
      keep: { summary: "Leave a failed launch as it is", examples: ["/project keep rrr"] },
      delete: { summary: "Delete a project; asks for its name", examples: ["/project delete rrr"] },
      help: { summary: "This, or the examples of one command", examples: ["/project help create"] },
    },
  },
};

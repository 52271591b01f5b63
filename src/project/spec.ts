import { z } from "zod";

const instant = z.iso.datetime({ offset: true });

/** Longest of https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#rfc-1035-label-names and of a DNS name. */
const LABEL = 63;
const DNS_NAME = 253;
/** What the API server can check in one go: its rules compare each with each. */
const ENVIRONMENTS = 16;

const by = z.string().describe("Slack id of the person who wishes it.");
const at = instant.describe("When it was wished.");

/** More than these wait only while nobody leads who could hear them; a further one is refused. */
export const WISHES_AT_MOST = 64;

/** A person's wish: src/project/wishes.ts says which kinds there are. One of a later version's is kept and not heard. */
const wish = z.object({
  kind: z.string().max(LABEL).describe("What is wished for: retry, cancel, keep, undo, remove, pin, unpin, check."),
  params: z
    .record(z.string(), z.string().max(DNS_NAME))
    .default({})
    .describe(
      "Of what: of pin `environment` and `commit` (whole), of unpin `environment`, of check `finding` (`code/subject`).",
    ),
  by,
  at,
});

/** As the version before wrote them, one of each kind. They are heard as wishes are. */
const intent = z.object({
  id: z.string().describe("Tells this wish from an earlier one: each id is handled once."),
  by,
  at,
});

// The descriptions are what `kubectl explain project.spec` says; the rules between fields are in scripts/crd-yaml.ts.
const environment = z.object({
  name: z.string().min(1).max(LABEL).describe("Name of the environment, production for instance."),
  namespace: z
    .string()
    .min(1)
    .max(LABEL)
    .describe("Namespace that it lives in. Slipway makes it, and uses none that it did not make."),
  host: z.string().min(1).max(DNS_NAME).describe("DNS name under which it is reached: rrr.example.com."),
  replicas: z
    .number()
    .int()
    .nonnegative()
    .default(1)
    .describe(
      "How many pods run the application: what its repository begins with, and what counts once it is changed.",
    ),
  tag: z
    .string()
    .optional()
    .describe(
      "Tag of the image that it is pinned to, with the manifests of the commit of that tag. Absent: it follows the branch.",
    ),
  follow: z
    .enum(["branch", "pinned"])
    .default("branch")
    .describe("What it runs: the newest commit of the default branch, or the one that it is pinned to."),
  commit: z
    .string()
    .regex(/^[0-9a-f]{40}$/)
    .optional()
    .describe("The commit that it is pinned to, manifests and image."),
});

/** What people want: `spec` of a Project. */
export const projectSpec = z.object({
  owner: z.string().describe("Organisation or person on GitHub that owns the repository. Cannot be changed."),
  repository: z.string().describe("Name of the repository, which is made. Cannot be changed."),
  workflow: z
    .string()
    .default("build.yml")
    .describe("File in .github/workflows that makes the image. Runs of others are told and decide nothing."),
  template: z
    .string()
    .describe("Template that the first commit is made of: nextjs, node-service, static-site. Cannot be changed."),
  visibility: z.enum(["public", "private"]).default("private").describe("Who may see the repository."),
  environments: z
    .array(environment.describe("A namespace in which the project runs, and the host that leads there."))
    .min(1)
    .max(ENVIRONMENTS)
    .describe("Where the project runs. The first is the default one."),
  deletionPolicy: z
    .enum(["Retain", "Delete"])
    .optional()
    .describe(
      "What becomes of what was made when this Project is deleted with kubectl. Retain, which is what holds without it: all stays as it is. Delete: namespaces go, and all that is in them. The repository stays either way.",
    ),
  slack: z
    .object({
      team: z.string().optional().describe("Id of the Slack workspace, where the bot is in several."),
      channel: z.string().describe("Id of the channel that the thread is in: C0123ABCD. Cannot be changed."),
      requestedBy: z.string().describe("Slack id of the person whose project it is: U0123ABCD."),
    })
    .describe("Whom it is told to, and where."),
  wishes: z
    .record(z.string(), wish)
    .default({})
    .describe("What people wish for, by an id that is handled once, as commands and buttons write it."),
  intents: z
    .object({
      retry: intent.optional().describe("Go on with a launch that failed."),
      cancel: intent.optional().describe("Stop a launch that is under way, and leave what it made."),
      undo: intent.optional().describe("Remove what this launch made, and nothing else."),
      keep: intent.optional().describe("Leave a failed launch as it is."),
      remove: intent.optional().describe("Remove a live project: its repository, namespaces and all that is in them."),
    })
    .default({})
    .describe("What people wished for, as versions before wrote it. Each is handled once."),
});

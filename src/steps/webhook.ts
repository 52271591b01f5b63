import { createHmac } from "node:crypto";
import type { Facts } from "../facts/facts.ts";
import type { Outcome } from "../project/outcome.ts";
import { Problem } from "../project/problem.ts";
import type { Project } from "../project/project.ts";
import type { Settings } from "../project/settings.ts";
import type { ProjectStep, StepContext } from "./step.ts";

const EVENTS = ["push", "workflow_run", "workflow_job", "registry_package"] as const;
/** One that is not heard is written anew this often: it costs some ten calls, for each project where GitHub does not reach us. */
const RENEW_MS = 6 * 3_600_000;

const urlUnder = (publicUrl: string) => `${publicUrl}/github/webhooks`;

/** Where GitHub tells us to look again. Without a public URL the bot polls, which is slower but as true. */
export const webhook: ProjectStep = {
  name: "webhook",
  scope: "project",
  stage: "repository",
  after: ["repository"],
  plan: ({ settings }) =>
    settings.publicUrl === undefined
      ? []
      : [
          {
            kind: "Webhook",
            name: urlUnder(settings.publicUrl),
          },
        ],

  async ensure(context) {
    const { repository } = context.facts;
    if (repository.known && repository.value && repository.value.state !== "here") return { state: "done" };
    const wanted = wantedOf(context.settings);
    try {
      return await (wanted ? ensured(wanted, context) : removed(context));
    } catch (error) {
      // Once launched nothing waits for it: a deploy is found by asking, and the next look tries again.
      const { launch, repository: known } = context.project.status;
      if (launch.sha === undefined || !(error instanceof Problem)) throw error;
      if (!known || !isDoubted(context.facts, known)) return { state: "done" };
      return { state: "done", learned: { repository: { ...known, hookRenewedAt: context.facts.at.toISOString() } } };
    }
  },
};

interface Wanted {
  url: string;
  secret: string;
  /** Shows when one of them has changed, without asking GitHub, which never shows the secret. */
  seal: string;
}

function wantedOf({ publicUrl, webhookSecret: secret }: Settings): Wanted | undefined {
  if (publicUrl === undefined || secret === undefined) return undefined;
  const url = urlUnder(publicUrl);
  return { url, secret, seal: createHmac("sha256", secret).update(url).digest("hex").slice(0, 16) };
}

async function ensured({ url, secret, seal }: Wanted, context: StepContext): Promise<Outcome> {
  const { project, ports, facts, retrying } = context;
  const known = project.status.repository;
  const doubted = known !== undefined && isDoubted(facts, known);
  const again = doubted || (retrying && known?.hookPinged === false);
  if (known?.hookId !== undefined && !again) {
    if (known.hookSeal === seal) return { state: "done" };
    // Written before there were seals: of its URL the ledger tells, and its secret is taken for the one that is configured.
    if (known.hookSeal === undefined && urlsOf(project, known.hookId).includes(url))
      return { state: "done", learned: { repository: { ...known, hookSeal: seal } } };
  }
  const before = known?.hookId === undefined ? { urls: urlsOf(project) } : { id: known.hookId, urls: [] };
  const { id, pinged } = await ports.github.ensureWebhook(
    { owner: project.spec.owner, name: project.spec.repository },
    { url, secret, events: EVENTS, before, doubted },
  );
  const renewed = doubted && id === known?.hookId ? { hookRenewedAt: facts.at.toISOString() } : {};
  const written = { hookPinged: pinged, hookSeal: seal, ...renewed };
  // A ping that does not arrive is no reason to wait: a job reads what webhooks would have told. It is said.
  return {
    state: "done",
    made: [{ kind: "Webhook", name: url, id: String(id) }],
    ...(known ? { learned: { repository: { ...known, ...written, hookId: id } } } : {}),
  };
}

/** Somebody has removed it, or what it sent last was not taken: while we were away, or as its secret is another. */
function isDoubted({ webhook, at }: Facts, known: { hookRenewedAt?: string | undefined }): boolean {
  if (!webhook.known || webhook.value === undefined) return false;
  if (webhook.value.state === "answered" || webhook.value.state === "unused") return false;
  return known.hookRenewedAt === undefined || at.getTime() - new Date(known.hookRenewedAt).getTime() >= RENEW_MS;
}

/** Nobody listens at the old URL any more, or somebody else soon does: GitHub is to send nothing there. */
async function removed({ project, ports }: StepContext): Promise<Outcome> {
  const known = project.status.repository;
  if (known?.hookId === undefined) return { state: "done" };
  const { hookId, hookPinged: _, hookSeal: __, hookRenewedAt: ___, ...repository } = known;
  await ports.github.deleteWebhook({ owner: project.spec.owner, name: project.spec.repository }, hookId);
  const gone = urlsOf(project, hookId).map((name) => ({ kind: "Webhook", name, id: String(hookId) }));
  return { state: "done", removed: gone, learned: { repository } };
}

/** As the ledger has them: of this one, or whatever one of ours may have. */
function urlsOf({ status }: Project, id?: number): string[] {
  return status.ledger
    .filter((entry) => entry.kind === "Webhook" && (id === undefined || entry.id === String(id)))
    .map(({ name }) => name);
}

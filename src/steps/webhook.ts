import type { Step } from "./step.ts";

const EVENTS = ["push", "workflow_run", "workflow_job", "registry_package"] as const;

/** Where GitHub tells us to look again. Without a public URL the bot polls, which is slower but as true. */
export const webhook: Step = {
  name: "webhook",
  stage: "repository",
  after: ["repository"],
  plan: ({ spec, settings }) =>
    settings.publicUrl === undefined
      ? []
      : [
          {
            kind: "Webhook",
            name: `${settings.publicUrl}/github/webhooks`,
            call: `POST /repos/${spec.owner}/${spec.repository}/hooks`,
          },
        ],

  async ensure({ project, settings, ports, retrying }) {
    if (settings.publicUrl === undefined || settings.webhookSecret === undefined) return { state: "done" };
    const known = project.status.repository;
    if (known?.hookId !== undefined && (known.hookPinged !== false || !retrying)) return { state: "done" };
    const url = `${settings.publicUrl}/github/webhooks`;
    const { id, pinged } = await ports.github.ensureWebhook(
      { owner: project.spec.owner, name: project.spec.repository },
      { url, secret: settings.webhookSecret, events: EVENTS },
    );
    // A ping that does not arrive is no reason to wait: the cron job reads what webhooks would have told. It is said.
    return {
      state: "done",
      made: [{ kind: "Webhook", name: url, id: String(id) }],
      ...(known ? { facts: { repository: { ...known, hookId: id, hookPinged: pinged } } } : {}),
    };
  },
};

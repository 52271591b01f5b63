import type { App } from "@slack/bolt";
import { expect, test } from "vitest";
import { startWorkspace } from "./start-workspace.ts";

const view = {
  type: "modal" as const,
  title: { type: "plain_text" as const, text: "New project" },
  blocks: [{ type: "divider" as const }],
};
const refusedWith = (error: string) => ({ data: { error } });

/** A trigger as the app gets it: from a command that it acknowledges. */
async function withTrigger(setUp: (app: App) => void = () => {}) {
  const started = await startWorkspace({ rateLimits: false });
  const triggers: string[] = [];
  await started.startBolt((app) => {
    setUp(app);
    app.command("/project", async ({ ack, body }) => {
      triggers.push(body.trigger_id);
      await ack();
    });
  });
  return {
    ...started,
    async trigger() {
      await started.workspace.say({ person: started.you, channel: "launches", text: "/project create" });
      return triggers.at(-1) ?? "";
    },
  };
}

test("a trigger opens one modal, once, within three seconds", async () => {
  const { client, trigger, elapse } = await withTrigger();
  const used = await trigger();
  await client.views.open({ trigger_id: used, view });
  await expect(client.views.open({ trigger_id: used, view })).rejects.toMatchObject(
    refusedWith("exchanged_trigger_id"),
  );
  await expect(client.views.open({ trigger_id: "1.2.x", view })).rejects.toMatchObject(
    refusedWith("invalid_trigger_id"),
  );

  const late = await trigger();
  elapse(3001);
  await expect(client.views.open({ trigger_id: late, view })).rejects.toMatchObject(refusedWith("expired_trigger_id"));
});

test("an update with a hash that is no longer the view's is refused", async () => {
  const { client, trigger, seen } = await withTrigger();
  const opened = await client.views.open({ trigger_id: await trigger(), view });
  const { id: view_id = "", hash } = opened.view ?? {};
  const update = (title: string) =>
    client.views.update({ view_id, hash, view: { ...view, title: { type: "plain_text", text: title } } });

  await update("Second");
  expect(await seen((event) => (event.type === "view_updated" ? event.view : undefined))).toMatchObject({
    title: { text: "Second" },
  });
  await expect(update("Third")).rejects.toMatchObject(refusedWith("hash_conflict"));
  await expect(client.views.update({ view_id: "V0", view })).rejects.toMatchObject(refusedWith("not_found"));
});

test("a view is found by its external_id, which no other view may have", async () => {
  const { client, trigger } = await withTrigger();
  const own = { ...view, external_id: "create-rrr" };
  await client.views.open({ trigger_id: await trigger(), view: own });
  await expect(client.views.update({ external_id: "create-rrr", view: own })).resolves.toMatchObject({ ok: true });
  await expect(client.views.open({ trigger_id: await trigger(), view: own })).rejects.toMatchObject(
    refusedWith("duplicate_external_id"),
  );
  await expect(client.views.push({ trigger_id: await trigger(), view })).rejects.toMatchObject(
    refusedWith("invalid_trigger_id"),
  );
});

test("a modal that Slack would refuse is refused with the reason", async () => {
  const { client, trigger } = await withTrigger();
  const opened = client.views.open({
    trigger_id: await trigger(),
    view: { ...view, title: { type: "plain_text", text: "A title that is much too long" } },
  });
  await expect(opened).rejects.toMatchObject({
    data: {
      error: "invalid_arguments",
      response_metadata: {
        messages: [
          "[ERROR] failed to match all allowed schemas [json-pointer:/view/title]",
          "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]",
        ],
      },
    },
  });
});

test("what a person typed stays when the app updates the modal", async () => {
  const field = {
    type: "input" as const,
    block_id: "name",
    dispatch_action: true,
    label: { type: "plain_text" as const, text: "Name" },
    element: { type: "plain_text_input" as const, action_id: "typed" },
  };
  const withField = { ...view, submit: { type: "plain_text" as const, text: "Create" }, blocks: [field] };
  const { client, trigger, workspace, you, seen } = await withTrigger((app) => {
    app.action("typed", async ({ ack, body, client }) => {
      if (body.type === "block_actions" && body.view !== undefined) {
        await client.views.update({ view_id: body.view.id, view: withField });
      }
      await ack();
    });
  });
  const { view: opened } = await client.views.open({ trigger_id: await trigger(), view: withField });

  await workspace.click({ person: you, view_id: opened?.id, block_id: "name", action_id: "typed", value: "rrr" });

  const updated = await seen((event) => (event.type === "view_updated" ? event.view : undefined));
  expect(updated.state?.values).toEqual({ name: { typed: { type: "plain_text_input", value: "rrr" } } });
});

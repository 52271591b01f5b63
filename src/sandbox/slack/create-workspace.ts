import { announce } from "./announce.ts";
import type { Events } from "./create-events.ts";
import type { Delivery } from "./delivery/create-delivery.ts";
import { findChannel } from "./find-channel.ts";
import { joinChannel } from "./join-channel.ts";
import type { Channel, Person, Slack, View } from "./model.ts";
import { openDirect } from "./open-direct.ts";
import { click } from "./people/click.ts";
import { close } from "./people/close.ts";
import { openHome } from "./people/open-home.ts";
import { say } from "./people/say.ts";
import { submit } from "./people/submit.ts";
import { suggest } from "./people/suggest.ts";
import { presentMessage } from "./present-message.ts";
import { presentState } from "./present-state.ts";
import { repliesTo } from "./replies-to.ts";
import type { Workspace } from "./workspace.ts";

export function createWorkspace(slack: Slack, events: Events, delivery: Delivery): Workspace {
  const first = [...slack.people.values()].find((person) => person.botId === undefined);
  if (first === undefined) throw new Error("a workspace needs a person");

  const person = (reference: string = first.id): Person => {
    const found = slack.people.get(reference) ?? [...slack.people.values()].find((entry) => entry.name === reference);
    if (found === undefined) throw new Error(`nobody is called ${reference}`);
    return found;
  };
  const channel = (reference: string): Channel => {
    const found = findChannel(slack, reference);
    if (found === undefined) throw new Error(`no channel ${reference}`);
    return found;
  };
  const view = (id: string, owner: Person): View => {
    const found = slack.views.get(id);
    if (found === undefined || found.person !== owner.id) throw new Error(`no view ${id} for ${owner.name}`);
    return found;
  };
  const visible = (reference: string) =>
    (slack.messages.get(channel(reference).id) ?? []).filter((message) => message.ephemeralTo === undefined);
  const setArchived = (reference: string, isArchived: boolean) => {
    const target = channel(reference);
    target.isArchived = isArchived;
    const type = isArchived ? "channel_archive" : "channel_unarchive";
    announce(slack, type, { type, channel: target.id, user: first.id, event_ts: slack.nextTs() });
  };

  return {
    you: first.id,
    state: (reference) => presentState(slack, person(reference)),
    messages: (reference) =>
      visible(reference)
        .filter((message) => message.threadTs === undefined || message.threadTs === message.ts || message.broadcast)
        .map((message) => presentMessage(slack, message)),
    thread(reference, ts) {
      const root = visible(reference).find((message) => message.ts === ts);
      return root === undefined
        ? []
        : [root, ...repliesTo(slack, root)].map((message) => presentMessage(slack, message));
    },
    events: (reference, listener) =>
      events.listen(reference === undefined ? undefined : person(reference).id, listener),

    say: (given) => say(slack, person(given.person), channel(given.channel), given.text, given.thread_ts),
    click: (given) => click(slack, person(given.person), withChannel(given)),
    submit(given) {
      const owner = person(given.person);
      return submit(slack, owner, view(given.view_id, owner), given.values);
    },
    close(given) {
      const owner = person(given.person);
      return close(slack, owner, view(given.view_id, owner));
    },
    suggest: (given) => suggest(slack, person(given.person), withChannel(given)),
    openHome: (reference) => openHome(slack, person(reference)),
    openDirect: (reference) => openDirect(slack, person(reference)).id,

    invite: (reference, who = slack.app.botUserId) => joinChannel(slack, channel(reference), person(who).id, first.id),
    remove(reference, who = slack.app.botUserId) {
      const target = channel(reference);
      const user = person(who).id;
      if (!target.members.delete(user)) return;
      const event = { user, channel: target.id, channel_type: "C", team: slack.team.id, event_ts: slack.nextTs() };
      announce(slack, "member_left_channel", { type: "member_left_channel", ...event });
    },
    archive: (reference) => setArchived(reference, true),
    unarchive: (reference) => setArchived(reference, false),
    createChannel(name) {
      const created = Math.floor(slack.world.clock.now().getTime() / 1000);
      const id = slack.id("C");
      const members = new Set([first.id]);
      const plain = { topic: "", purpose: "", creator: first.id, isArchived: false, isDirect: false };
      slack.channels.set(id, { id, name, created, members, ...plain });
      return id;
    },
    revokeScope: (scope) => void slack.scopes.delete(scope),
    grantScope: (scope) => void slack.scopes.add(scope),
    revokeTokens(revoked = true) {
      slack.tokens.revoked = revoked;
    },
    setPlanBlocks(understood) {
      slack.planBlocks = understood;
    },
    failNext(method, error, options = {}) {
      const failure = {
        method,
        error,
        ...(options.retryAfter === undefined ? {} : { retryAfter: options.retryAfter }),
      };
      for (let index = 0; index < (options.times ?? 1); index += 1) slack.failures.push(failure);
    },

    connections: () => delivery.sockets.connections(),
    connected: (count = 1) => delivery.sockets.connected(count),
    disconnected: () => delivery.sockets.disconnected(),
    disconnect(reason = "refresh_requested") {
      if (reason === "cut") delivery.sockets.cut();
      else delivery.sockets.disconnect(reason);
    },
    deliverTo: (url) => delivery.deliverTo(url),
  };

  function withChannel<Given extends { channel?: string | undefined }>(given: Given): Given {
    return given.channel === undefined ? given : { ...given, channel: channel(given.channel).id };
  }
}

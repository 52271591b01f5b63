import { createChannel } from "./create-channel.ts";
import type { Events } from "./create-events.ts";
import type { Delivery } from "./delivery/create-delivery.ts";
import { findChannel } from "./find-channel.ts";
import { joinChannel } from "./join-channel.ts";
import { leaveChannel } from "./leave-channel.ts";
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
import { setArchived } from "./set-archived.ts";
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
    remove: (reference, who = slack.app.botUserId) => leaveChannel(slack, channel(reference), person(who).id),
    archive: (reference) => setArchived(slack, channel(reference), true, first.id),
    unarchive: (reference) => setArchived(slack, channel(reference), false, first.id),
    createChannel: (name) => createChannel(slack, name, first.id).id,
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

import type { Fields, Message, Slack } from "./model.ts";
import { repliesTo } from "./replies-to.ts";

/** A message as the Web API and events give it; `metadata` only where the caller asked for it. */
export function describeMessage(slack: Slack, message: Message, show: { metadata: boolean }): Fields {
  const replies = repliesTo(slack, message);
  const last = replies.at(-1);
  const people = [...new Set(replies.map((reply) => reply.user))];
  return {
    type: "message",
    ...(message.broadcast ? { subtype: "thread_broadcast" } : {}),
    ...(message.subtype === undefined ? {} : { subtype: message.subtype }),
    ...(message.subtype === "tombstone" ? { hidden: true } : {}),
    user: message.user,
    text: message.text,
    ts: message.ts,
    ...(message.clientMsgId === undefined ? {} : { client_msg_id: message.clientMsgId }),
    ...(message.botId === undefined
      ? {}
      : {
          bot_id: message.botId,
          app_id: slack.app.id,
          bot_profile: {
            id: message.botId,
            app_id: slack.app.id,
            name: slack.app.name,
            deleted: false,
            team_id: slack.team.id,
          },
        }),
    team: slack.team.id,
    ...(message.blocks === undefined ? {} : { blocks: message.blocks }),
    ...(message.attachments === undefined ? {} : { attachments: message.attachments }),
    ...(message.edited === undefined ? {} : { edited: message.edited }),
    ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    ...(last === undefined
      ? {}
      : {
          thread_ts: message.ts,
          reply_count: replies.length,
          reply_users_count: people.length,
          reply_users: people.slice(0, 5),
          latest_reply: last.ts,
          is_locked: false,
        }),
    ...(message.reactions.length === 0
      ? {}
      : { reactions: message.reactions.map(({ name, users }) => ({ name, users, count: users.length })) }),
    ...(show.metadata && message.metadata !== undefined ? { metadata: message.metadata } : {}),
  };
}

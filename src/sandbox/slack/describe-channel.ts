import type { Channel, Fields, Slack } from "./model.ts";

/** A channel or direct message as the Web API gives it. https://docs.slack.dev/reference/objects/conversation-object */
export function describeChannel(slack: Slack, channel: Channel): Fields {
  const common = {
    id: channel.id,
    created: channel.created,
    is_archived: channel.isArchived,
    is_im: channel.isDirect,
    is_org_shared: false,
    context_team_id: slack.team.id,
    updated: channel.created * 1000,
  };
  if (channel.isDirect) {
    return {
      ...common,
      user: [...channel.members].find((member) => member !== slack.app.botUserId),
      is_user_deleted: false,
    };
  }
  const note = (value: string) => ({ value, creator: channel.creator, last_set: channel.created });
  return {
    ...common,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: true,
    is_group: false,
    is_mpim: false,
    is_private: false,
    is_general: channel.name === "general",
    is_shared: false,
    is_ext_shared: false,
    is_member: channel.members.has(slack.app.botUserId),
    creator: channel.creator,
    topic: note(channel.topic),
    purpose: note(channel.purpose),
    num_members: channel.members.size,
  };
}

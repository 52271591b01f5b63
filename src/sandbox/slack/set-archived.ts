import { announce } from "./announce.ts";
import type { Channel, Slack } from "./model.ts";

/** Archives a channel or brings it back; everybody stays a member. */
export function setArchived(slack: Slack, channel: Channel, isArchived: boolean, user: string): void {
  channel.isArchived = isArchived;
  const type = isArchived ? "channel_archive" : "channel_unarchive";
  announce(slack, type, { type, channel: channel.id, user, event_ts: slack.nextTs() });
}

/**
 * What stands in an input, in the shape of Slack's `state.values`:
 * https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
 */
export interface ElementState {
  type: string;
  value?: string | null;
  selected_option?: unknown;
  selected_options?: unknown[];
  selected_user?: string | null;
  selected_users?: string[];
  selected_channel?: string | null;
  selected_channels?: string[];
  selected_conversation?: string | null;
  selected_conversations?: string[];
  selected_date?: string | null;
  selected_time?: string | null;
  selected_date_time?: number | null;
}

/** By block_id, then by action_id. */
export type ViewValues = Record<string, Record<string, ElementState>>;

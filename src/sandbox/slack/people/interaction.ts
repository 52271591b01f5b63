import type { Fields, Person, Slack } from "../model.ts";

/** What every interaction payload carries. https://docs.slack.dev/reference/interaction-payloads */
export function interaction(slack: Slack, person: Person): Fields {
  return {
    user: { id: person.id, username: person.name, name: person.name, team_id: slack.team.id },
    api_app_id: slack.app.id,
    token: slack.app.verificationToken,
    team: { id: slack.team.id, domain: slack.team.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

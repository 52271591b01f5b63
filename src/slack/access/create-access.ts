import type { Project } from "../../project/project.ts";
import type { Right } from "../../project/wishes.ts";
import type { Words } from "../../words/words.ts";
import { escapeText } from "../views/escape-text.ts";
import { insert } from "../views/insert.ts";
import { person as mention } from "../views/person.ts";
import { type AccessRule, type AccessRules, ROLES, type Role } from "./access-file.ts";

/** Who is asked about; `project` where it is about one. */
export interface Asked {
  person: string;
  channel: string | undefined;
  right: Right;
  project?: Project;
  /** Of what changes one of the project's environments alone. */
  environment?: string | undefined;
}

export interface Access {
  /** The refusal in mrkdwn, saying who may; `undefined`: granted. */
  refusal(asked: Asked): Promise<string | undefined>;
}

/** Looking is for viewers, launching for developers, removing for who launched it (a developer) and for admins. */
export function createAccess(
  rules: () => AccessRules,
  words: Words,
  membersOf: (group: string) => Promise<string[]>,
): Access {
  async function applies(rule: AccessRule, asked: Asked): Promise<boolean> {
    if (rule.channels.length > 0 && (asked.channel === undefined || !rule.channels.includes(asked.channel)))
      return false;
    // Who may change something of a project may look at it.
    if (rule.environments.length > 0 && asked.right !== "look" && !rule.environments.includes(asked.environment ?? ""))
      return false;
    if (rule.users.length + rule.groups.length === 0) return true;
    if (rule.users.includes(asked.person)) return true;
    const members = await Promise.all(rule.groups.map(membersOf));
    return members.some((group) => group.includes(asked.person));
  }

  async function roleOf(asked: Asked): Promise<Role | "none"> {
    const { rules: all, default: otherwise } = rules();
    const applying = await Promise.all(all.map(async (rule) => ((await applies(rule, asked)) ? [rule.role] : [])));
    const roles = applying.flat();
    return ROLES.findLast((role) => roles.includes(role)) ?? otherwise;
  }

  return {
    refusal: async (asked) => {
      const { access } = words.slack;
      const role = await roleOf(asked);
      const rank = role === "none" ? -1 : ROLES.indexOf(role);
      if (asked.right === "look") return rank >= 0 ? undefined : escapeText(access.needs(access.role.viewer));
      if (rank < ROLES.indexOf("developer")) {
        const { developer } = access.role;
        return escapeText(asked.environment ? access.needsIn(developer, asked.environment) : access.needs(developer));
      }
      if (asked.right === "launch" || role === "admin") return undefined;
      const requester = asked.project?.spec.slack.requestedBy;
      if (requester === undefined || requester === asked.person) return undefined;
      return insert(access.owner, mention(requester));
    },
  };
}

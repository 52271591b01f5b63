import type { Look } from "../project/look.ts";
import { checkName, hostOf, namespaceOf } from "../project/naming.ts";
import type { Launcher, LaunchRequest } from "../project/ports/launcher.ts";
import type { Ports } from "../project/ports/ports.ts";
import type { ProjectSpec } from "../project/project.ts";
import type { Settings } from "../project/settings.ts";
import { projectSpec } from "../project/spec.ts";
import type { Template } from "../template/template.ts";
import { lookAhead } from "./look-ahead.ts";
import type { Step } from "./step.ts";

const DEFAULT_ENVIRONMENT = "production";

/** What the commands ask before anything is made. */
export function createLauncher(options: {
  ports: Ports;
  settings: Settings;
  templates: readonly Template[];
  steps: readonly Step[];
}): Launcher {
  const { ports, settings, templates, steps } = options;
  return {
    templates: () => templates.map(({ name, title, description }) => ({ name, title, description })),

    specOf: (request) => askedFor(request, settings),

    async preflight(request) {
      const asked = askedFor(request, settings);
      if ("refused" in asked) return { ok: false, lines: [asked.refused] };
      const { spec } = asked;
      const template = templates.find(({ name }) => name === spec.template);
      const lines = await lookAhead({ name: request.name, spec, settings, ports, template });
      return { ok: !lines.some(({ state }) => state === "failed"), lines, spec };
    },

    plan: async (spec, name) => steps.flatMap((step) => step.plan?.({ name, spec, settings }) ?? []),
  };
}

function askedFor(request: LaunchRequest, settings: Settings): { spec: ProjectSpec } | { refused: Look } {
  const refused = refusal(request, settings);
  return refused ? { refused } : { spec: specOf(request, settings) };
}

/** What makes a request no launch at all; the rest is for the look ahead. */
function refusal(request: LaunchRequest, settings: Settings): Look | undefined {
  const name = checkName(request.name);
  if (!name.ok)
    return {
      check: "name",
      state: "failed",
      reason: "name-illegal",
      params: { name: request.name },
      ...(name.proposal === undefined ? {} : { proposal: name.proposal }),
    };
  if (request.domain === undefined && settings.baseDomain === undefined)
    return { check: "host", state: "failed", reason: "domain-missing" };
  const host = hostOf(request.name, "", true, request.domain ?? settings.baseDomain ?? "");
  if (!/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(host))
    return {
      check: "host",
      state: "failed",
      reason: "domain-illegal",
      params: { domain: request.domain ?? settings.baseDomain ?? "" },
    };
  const bad = request.environments?.find((each) => !/^[a-z][a-z0-9-]{0,20}$/.test(each));
  if (bad !== undefined)
    return { check: "environments", state: "failed", reason: "environment-illegal", params: { environment: bad } };
  return undefined;
}

function specOf(request: LaunchRequest, settings: Settings): ProjectSpec {
  const { name } = request;
  const domain = request.domain ?? settings.baseDomain ?? "";
  // Asked for as `shop.example.com`, shop is found there; the base domain is many projects', whatever one of them is called.
  const isWholeHost = request.domain?.startsWith(`${name}.`) ?? false;
  const environments = [...new Set(request.environments?.length ? request.environments : [DEFAULT_ENVIRONMENT])];
  return projectSpec.parse({
    owner: request.owner ?? settings.owner,
    repository: name,
    template: request.template ?? settings.defaultTemplate,
    visibility: request.visibility ?? "private",
    environments: environments.map((environment, index) => ({
      name: environment,
      namespace: namespaceOf(name, environment, index === 0),
      host: index === 0 && isWholeHost ? domain : hostOf(name, environment, index === 0, domain),
    })),
    slack: {
      channel: request.channel,
      requestedBy: request.requestedBy,
      ...(request.team === undefined ? {} : { team: request.team }),
    },
  });
}

import { z } from "zod";
import type { Access } from "../access.ts";
import { created } from "./answer.ts";
import { demandInstallation } from "./demand-app.ts";
import { presentRepository } from "./present-repository.ts";
import { refuse } from "./refuse.ts";
import type { Call } from "./route.ts";

const narrowing = z.object({
  repositories: z.array(z.string()).optional(),
  repository_ids: z.array(z.number()).optional(),
  permissions: z.record(z.string(), z.enum(["read", "write", "admin"])).optional(),
});

/** https://docs.github.com/en/rest/apps/apps#create-an-installation-access-token-for-an-app */
export function createInstallationToken(call: Call) {
  demandInstallation(call);
  const { hub } = call;
  const wanted = call.body(narrowing);
  const all = hub.state.repositories.filter((repository) => repository.owner === hub.owner);
  const chosen =
    wanted.repositories || wanted.repository_ids
      ? all.filter((one) => wanted.repositories?.includes(one.name) || wanted.repository_ids?.includes(one.id))
      : null;
  const asked = (wanted.repositories?.length ?? 0) + (wanted.repository_ids?.length ?? 0);
  if (chosen && chosen.length < asked)
    refuse(
      422,
      "There is at least one repository that does not exist or is not accessible to the parent installation.",
    );
  const held = hub.state.installationPermissions;
  const permissions: Record<string, Access> = wanted.permissions ?? held;
  for (const [name, access] of Object.entries(permissions)) {
    const granted = held[name];
    if (!granted || (granted === "read" && access !== "read"))
      refuse(422, "The permissions requested are not granted to this installation.");
  }
  const token = `ghs_${hub.world.random.text(36, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")}`;
  const expiresAt = new Date(hub.world.clock.now().getTime() + 3_600_000).toISOString().replace(/\.\d+Z$/, "Z");
  hub.state.tokens[token] = {
    kind: "installation",
    workflow: false,
    repositoryIds: chosen?.map((one) => one.id) ?? null,
    permissions: { ...permissions },
    expiresAt,
  };
  return created({
    token,
    expires_at: expiresAt,
    permissions,
    repository_selection: chosen ? "selected" : "all",
    ...(chosen ? { repositories: chosen.map((one) => presentRepository(hub, one)) } : {}),
  });
}

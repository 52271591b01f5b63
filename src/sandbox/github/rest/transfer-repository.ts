import { z } from "zod";
import { findAccount, findRepository } from "../find.ts";
import { renameRepository } from "../rename-repository.ts";
import { announceRepository } from "../webhooks/announce-repository.ts";
import type { Answer } from "./answer.ts";
import { presentAccount } from "./present-account.ts";
import { presentRepositoryLite } from "./present-repository.ts";
import { refuse } from "./refuse.ts";
import type { Call } from "./route.ts";

/** To another owner, at once; GitHub takes its time. https://docs.github.com/en/rest/repos/repos#transfer-a-repository */
export function transferRepository(call: Call): Answer {
  const { hub } = call;
  const repository = call.repository();
  const wanted = call.body(z.object({ new_owner: z.string(), new_name: z.string().optional() }));
  const owner = findAccount(hub.state, wanted.new_owner);
  const name = wanted.new_name ?? repository.name;
  if (!owner) refuse(422, "Invalid new owner");
  if (findRepository(hub.state, owner.login, name)) refuse(422, "Repository has already been taken");
  const before = findAccount(hub.state, repository.owner);
  const body = presentRepositoryLite(hub, repository);
  renameRepository(hub, repository, { owner: owner.login, name });
  const from = before && { [before.type === "User" ? "user" : "organization"]: presentAccount(hub, before) };
  announceRepository(hub, repository, "transferred", { owner: { from } });
  return { status: 202, body };
}

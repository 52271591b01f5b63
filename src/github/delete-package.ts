import type { Octokit } from "@octokit/rest";
import { isStatus } from "./is-status.ts";
import type { Owner } from "./read-owner.ts";

/** https://docs.github.com/en/rest/packages/packages#delete-a-package-for-an-organization */
export async function deletePackage(octokit: Octokit, owner: Owner | undefined, name: string): Promise<void> {
  if (!owner) return;
  const container = { package_type: "container" as const, package_name: name.toLowerCase() };
  try {
    if (owner.kind === "organization") {
      await octokit.rest.packages.deletePackageForOrg({ org: owner.login, ...container });
    } else {
      await octokit.rest.packages.deletePackageForUser({ username: owner.login, ...container });
    }
  } catch (error) {
    if (!isStatus(error, 404)) throw error;
  }
}

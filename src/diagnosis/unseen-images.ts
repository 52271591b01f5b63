import type { Facts } from "../facts/facts.ts";
import type { Unread } from "../project/unread.ts";

/** Where nobody could look whether an image can be had: environments whose pods could not be read, and the registry. */
export function unseenImages({ environments }: Facts, registry: Unread | undefined) {
  return [
    ...(registry === undefined ? [] : [{ reason: registry }]),
    ...environments.flatMap(({ environment, workloads, pods }) => {
      const unread = [workloads, pods].find(({ known }) => !known);
      return unread && !unread.known ? [{ environment: environment.name, reason: unread.reason }] : [];
    }),
  ];
}

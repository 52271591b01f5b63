import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { z } from "zod";
import { parseAccessFile } from "../../src/slack/access/access-file.ts";
import { ROOT } from "./read-pages.ts";

const guide = await readFile(join(ROOT, "docs/guide/security.md"), "utf8");
const manifests = await readFile(join(ROOT, "manifests/base/rbac.yaml"), "utf8");

const role = z.object({
  kind: z.enum(["ClusterRole", "Role"]),
  rules: z.array(
    z.object({
      apiGroups: z.tuple([z.string()]),
      resources: z.array(z.string()),
      resourceNames: z.array(z.string()).optional(),
      verbs: z.array(z.string()),
    }),
  ),
});

it("the guide has a reason for each right that the manifests give, and for no other", () => {
  const roles = parseAllDocuments(manifests).flatMap((document) => role.safeParse(document.toJS()).data ?? []);
  expect(roles.map(({ kind }) => kind)).toEqual(["ClusterRole", "Role"]);
  const given = roles.map(({ rules }) =>
    rules.map(({ apiGroups: [group], resources, resourceNames, verbs }) => ({
      group: group === "" ? "core" : group,
      resources: `${resources.join(", ")}${resourceNames ? ` (${resourceNames.join(", ")})` : ""}`,
      verbs: verbs.join(", "),
    })),
  );
  expect(tables()).toEqual(given);
});

it("the guide's access file is one", () => {
  const [, file = ""] = /```yaml\n(.*?)```/s.exec(guide) ?? [];
  expect(parseAccessFile(file)).toMatchObject({
    default: "viewer",
    rules: [{ role: "developer" }, { role: "developer", environments: ["staging"] }, { role: "admin" }],
  });
});

/** The tables `group | resources | verbs | why`, each with its rows. */
function tables() {
  return [...guide.matchAll(/^\| group .*\n\| ---.*\n((?:\|.*\n)+)/gm)].map(([, rows = ""]) =>
    rows
      .trim()
      .split("\n")
      .map((row) => {
        const [, group, resources, verbs, why] = row.split("|").map((cell) => cell.trim());
        expect(why, row).not.toBe("");
        return { group, resources, verbs };
      }),
  );
}

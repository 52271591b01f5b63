import { expect, test } from "vitest";
import { parse } from "yaml";
import { crdYaml } from "../../scripts/crd-yaml.ts";
import { jsonPath } from "../../src/sandbox/cluster/api/table/json-path.ts";
import { createWorld } from "../builders/world/create-world.ts";

const [version] = parse(crdYaml()).spec.versions;
const { spec, status } = version.schema.openAPIV3Schema.properties;

interface Schema {
  description?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
}

function undescribed(schema: Schema, path: string): string[] {
  const below = Object.entries({ ...schema.properties, ...(schema.items && { "[]": schema.items }) });
  return [
    ...(schema.description?.endsWith(".") ? [] : [path]),
    ...below.flatMap(([name, each]) => undescribed(each, `${path}.${name}`)),
  ];
}

test("kubectl explain has a sentence for each field that people write", () => {
  expect(undescribed(spec, "spec")).toEqual([]);
  expect(status.description).toMatch(/\.$/);
});

test("kubectl get proj tells what is so now: what runs, whether it is ready, and the trouble of a live project", async () => {
  const world = createWorld({ outside: true });
  const printed = (): Record<string, unknown> =>
    Object.fromEntries(
      version.additionalPrinterColumns.map((column: { name: string; jsonPath: string }) => [
        column.name,
        jsonPath(world.projects.stored.get("rrr"), column.jsonPath),
      ]),
    );
  await world.create();
  await world.live();
  const { Tag: runs } = printed();
  expect(printed()).toMatchObject({ Phase: "Live", Ready: "True", Tag: expect.any(String), Problem: undefined });

  world.outcomes.elsewhere = { state: "tcp-timeout" };
  await world.until(() => world.status().findings.some(({ recoveredAt }) => recoveredAt === undefined));
  expect(printed()).toMatchObject({ Phase: "Live", Ready: "False", Problem: "PortBlocked" });

  const here = world.status().environments[0];
  if (here) here.tag = "released-and-not-there";
  expect(printed()).toMatchObject({ Tag: runs });
});

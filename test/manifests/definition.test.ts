import { expect, test } from "vitest";
import { parse } from "yaml";
import { crdYaml } from "../../scripts/crd-yaml.ts";

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

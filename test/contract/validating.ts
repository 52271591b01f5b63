import { describe, expect, test } from "vitest";
import { type Connection, PATCH } from "./connection.ts";
import { fixture } from "./fixture.ts";
import { widget } from "./objects.ts";

export function validating(connect: () => Promise<Connection>): void {
  describe("custom kinds", () => {
    const at = fixture(connect);
    const create = (spec: object, more = "") =>
      at.server.send("POST", `${at.widgets}${more}`, { body: widget("w", spec) });

    test.each<[string, object, string[]]>([
      ["what is required", {}, ["spec.color: Required value"]],
      ["enums", { color: "purple" }, ['spec.color: Unsupported value: "purple": supported values: "red", "green"']],
      [
        "minimum",
        { color: "red", replicas: 0 },
        ["spec.replicas: Invalid value: 0: spec.replicas in body should be greater than or equal to 1"],
      ],
      [
        "maximum",
        { color: "red", replicas: 9 },
        ["spec.replicas: Invalid value: 9: spec.replicas in body should be less than or equal to 5"],
      ],
      [
        "patterns",
        { color: "red", code: "A1" },
        ["spec.code: Invalid value: \"A1\": spec.code in body should match '^[a-z]+$'"],
      ],
      [
        "too short",
        { color: "red", code: "a" },
        ['spec.code: Invalid value: "a": spec.code in body should be at least 2 chars long'],
      ],
      ["too long", { color: "red", code: "abcdef" }, ["spec.code: Too long: may not be more than 4 bytes"]],
      [
        "too few",
        { color: "red", tags: [] },
        ["spec.tags: Invalid value: 0: spec.tags in body should have at least 1 items"],
      ],
      ["too many", { color: "red", tags: ["a", "b", "c"] }, ["spec.tags: Too many: 3: must have at most 2 items"]],
      ["sets", { color: "red", tags: ["a", "a"] }, ['spec.tags[1]: Duplicate value: "a"']],
      [
        "lists with keys",
        { color: "red", parts: [{ name: "x" }, { name: "x" }] },
        ['spec.parts[1]: Duplicate value: {"name":"x"}'],
      ],
      ["keys of lists", { color: "red", parts: [{ n: 1 }] }, ["spec.parts[0].name: Required value"]],
      [
        "types",
        { color: "red", size: 1 },
        ['spec.size: Invalid value: "integer": spec.size in body must be of type string: "integer"'],
      ],
      [
        "values of maps",
        { color: "red", labels: { a: 1 } },
        ['spec.labels.a: Invalid value: "integer": spec.labels.a in body must be of type string: "integer"'],
      ],
      [
        "either",
        { color: "red", port: {} },
        ['spec.port: Invalid value: "object": spec.port in body must be of type integer,string: "object"'],
      ],
      [
        "times",
        { color: "red", when: "x" },
        ['spec.when: Invalid value: "x": spec.when in body must be of type date-time: "x"'],
      ],
    ])("%s", async (_, spec, faults) => {
      const { status, body } = await create(spec);
      const told = faults.length === 1 ? faults[0] : `[${faults.join(", ")}]`;
      expect([status, body.message]).toEqual([422, `Widget.contract.slipway.dev "w" is invalid: ${told}`]);
      expect(body.details).toMatchObject({ name: "w", group: "contract.slipway.dev", kind: "Widget" });
    });

    test("several faults are told together", async () => {
      const { body } = await create({ color: "purple", code: "a", tags: [] });
      expect(body.details.causes.map(({ field }: { field: string }) => field).sort()).toEqual([
        "spec.code",
        "spec.color",
        "spec.tags",
      ]);
    });

    test("defaults are filled in, unknown fields pruned and warned about", async () => {
      const { status, body, warnings } = await create({ color: "red", foo: 1, any: { b: { c: 1 } } });
      expect(status).toBe(201);
      expect(body.spec).toEqual({ color: "red", size: "medium", any: { b: { c: 1 } } });
      expect(warnings.join()).toContain('unknown field \\"spec.foo\\"');
      const strict = await create({ color: "red", foo: 1 }, "?fieldValidation=Strict");
      expect(strict.body.message).toBe(
        'Widget in version "v1" cannot be handled as a Widget: strict decoding error: unknown field "spec.foo"',
      );
    });

    test("patches are held to the schema", async () => {
      await at.server.send("POST", at.widgets, { body: widget("patched", { color: "red" }) });
      const { status, body } = await at.server.send("PATCH", `${at.widgets}/patched`, {
        body: { spec: { color: "blue" } },
        type: PATCH.merge,
      });
      expect([status, body.message]).toEqual([
        422,
        'Widget.contract.slipway.dev "patched" is invalid: spec.color: Unsupported value: "blue": supported values: "red", "green"',
      ]);
    });

    test("a definition that is not structural is refused", async () => {
      const { body } = await at.server.send("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", {
        body: {
          metadata: { name: "x" },
          spec: {
            group: "contract.slipway.dev",
            scope: "Namespaced",
            names: { kind: "Thing", plural: "things" },
            versions: [{ name: "v1", served: true, storage: true }],
          },
        },
      });
      expect(body.message).toBe(
        'CustomResourceDefinition.apiextensions.k8s.io "x" is invalid: [metadata.name: Invalid value: "x": must be spec.names.plural+"."+spec.group, spec.versions[0].schema.openAPIV3Schema: Required value]',
      );
    });
  });
}

import { describe, expect, test } from "vitest";
import { itemsOf } from "../../src/cluster/items-of.ts";

/** In pieces of that many bytes, as a network may cut it. */
function take(text: string, size: number) {
  const items: unknown[] = [];
  const list = itemsOf((json) => items.push(JSON.parse(json)));
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) list.push(bytes.subarray(at, at + size));
  return { items, rest: JSON.parse(list.rest()) };
}

const items = [
  { metadata: { name: "a", annotations: { said: 'a "quoted" } and [ , \\ and "items":[{' } } },
  { metadata: { name: "ü€😀" }, items: [{ deep: [] }, {}], empty: {} },
  {},
];
const metadata = { resourceVersion: "7", continue: "token" };

describe("a list is taken apart", () => {
  for (const [told, list] of [
    ["as of built-in kinds, metadata first", { kind: "PodList", apiVersion: "v1", metadata, items }],
    ["as of custom kinds, metadata last", { apiVersion: "v1", items, kind: "XList", metadata }],
  ] as const)
    test(`${told}, wherever the network cuts it`, () => {
      for (const text of [JSON.stringify(list), JSON.stringify(list, null, 2)])
        for (const size of [1, 2, 3, 7, 64, 100_000])
          expect(take(text, size)).toEqual({ items, rest: { ...list, items: [] } });
    });

  test("that has no items, or that another field's list stands before", () => {
    expect(take('{"items":null,"metadata":{}}', 5)).toEqual({ items: [], rest: { items: null, metadata: {} } });
    expect(take('{"others":[{"a":1},{"b":2}],"items":[{"c":3}]}', 4)).toEqual({
      items: [{ c: 3 }],
      rest: { others: [{ a: 1 }, { b: 2 }], items: [] },
    });
    expect(take('{"note":"items","other":[{"a":1}],"items":[]}', 9)).toEqual({
      items: [],
      rest: { note: "items", other: [{ a: 1 }], items: [] },
    });
  });

  test("without the managed fields of its items, and with what only looks like them", () => {
    const managedFields = [{ manager: "a", fieldsV1: { 'f:"[{': [] } }, { manager: "b" }];
    const list = (kept: unknown[], above: unknown[]) => ({
      items: [
        { metadata: { managedFields: kept, name: "a" }, spec: { managedFields } },
        { metadata: { name: "b", managedFields: kept }, deep: [{ managedFields }] },
      ],
      metadata: { managedFields: above },
    });
    const text = JSON.stringify(list(managedFields, managedFields));
    const { items: without, rest } = take(text, text.length);
    expect(without).toEqual(list([], []).items);
    expect(rest.metadata.managedFields).toEqual(managedFields);
    // Where the network cuts the key in two they stay; nothing else is lost.
    for (const size of [1, 5, 17, 40, 41, 100])
      for (const [index, item] of take(text, size).items.entries()) {
        const [whole, bare] = [list(managedFields, []).items[index], list([], []).items[index]];
        expect([JSON.stringify(whole), JSON.stringify(bare)]).toContain(JSON.stringify(item));
      }
  });

  test("that ends too soon gives no half item, and no answer", () => {
    const whole: string[] = [];
    const list = itemsOf((json) => whole.push(json));
    list.push(Buffer.from('{"items":[{"a":1},{"b":'));
    expect(whole).toEqual(['{"a":1}']);
    expect(() => JSON.parse(list.rest())).toThrow();
  });
});

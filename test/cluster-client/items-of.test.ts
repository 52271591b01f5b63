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

  test("that ends too soon gives no half item, and no answer", () => {
    const whole: string[] = [];
    const list = itemsOf((json) => whole.push(json));
    list.push(Buffer.from('{"items":[{"a":1},{"b":'));
    expect(whole).toEqual(['{"a":1}']);
    expect(() => JSON.parse(list.rest())).toThrow();
  });
});

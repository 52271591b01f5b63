import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const SRC = join(import.meta.dirname, "../../src");

/** Who is to read facts. The Project itself is no raw object: it is parsed as it comes. */
const READERS = globSync("{steps,diagnosis,controller,doctor,slack,words}/**/*.ts", { cwd: SRC });

/** What only src/facts knows how to read of an object of the cluster. */
const RAW = [
  /(?<!(?:project|stored|found)\.)metadata\??\.(?:deletionTimestamp|creationTimestamp|generation|ownerReferences|finalizers)/,
  /\b(?:ownerReferences|managedFields|containerStatuses)\b(?!:)/,
  /\.(?:spec|status) as \{/,
  /import \{[^}]*(?<!type )\bconditionsOf\b[^}]*\} from "[./]*\/facts\/conditions\.ts"/,
];

test("steps, rules, the doctor and the views read facts, and no raw object", () => {
  expect(READERS.length).toBeGreaterThan(200);
  const found = READERS.flatMap((file) => {
    const text = readFileSync(join(SRC, file), "utf8");
    return RAW.filter((pattern) => pattern.test(text)).map((pattern) => `${file}: ${pattern.source}`);
  });
  expect(found).toEqual([]);
});

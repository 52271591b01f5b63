import { expect } from "vitest";
import type { Params } from "../../src/project/params.ts";
import { en } from "../../src/words/en/index.ts";
import { type FindingSaid, findingSaid } from "../../src/words/finding-said.ts";

/** What people read of a finding. */
export function said(found: { code: string; params: Params } | undefined): FindingSaid {
  const { code, params } = found ?? expect.fail("nothing was found");
  return findingSaid(code, params, en) ?? expect.fail(`${code} has no words for ${JSON.stringify(params)}`);
}

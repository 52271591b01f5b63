import { expect, test } from "vitest";
import { createMemo } from "../../src/github/create-memo.ts";
import { NOW } from "../builders/project.ts";

function slow() {
  let at = NOW.getTime();
  const asked: PromiseWithResolvers<{ etag: string | undefined; value: number }>[] = [];
  const memo = createMemo<{ name: string }, number>({
    clock: { now: () => new Date(at) },
    freshMs: 3_000,
    load: () => {
      const question = Promise.withResolvers<{ etag: string | undefined; value: number }>();
      asked.push(question);
      return question.promise;
    },
  });
  const wait = (seconds: number) => {
    at += seconds * 1000;
  };
  const answer = async (value: number) => {
    asked.at(-1)?.resolve({ etag: undefined, value });
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { memo, asked, wait, answer };
}

test("an answer that takes longer than it would be fresh is still got by who asks again", async () => {
  const { memo, asked, wait, answer } = slow();
  const first = memo.read({ name: "rrr" });
  wait(6);
  const second = memo.read({ name: "rrr" });
  expect(asked).toHaveLength(1);
  wait(2);
  await answer(1);
  wait(2);
  expect(await Promise.all([first, second, memo.read({ name: "rrr" })])).toEqual([1, 1, 1]);
  expect(asked).toHaveLength(1);
  wait(2);
  void memo.read({ name: "rrr" });
  expect(asked).toHaveLength(2);
});

test("a question that nobody answers is asked again by and by", () => {
  const { memo, asked, wait } = slow();
  void memo.read({ name: "rrr" });
  wait(21);
  void memo.read({ name: "rrr" });
  expect(asked).toHaveLength(2);
});

test("what is forgotten while it is asked for is asked for again, and the answer of before is not kept", async () => {
  const { memo, asked, wait, answer } = slow();
  void memo.read({ name: "rrr" });
  memo.forget(({ name }) => name === "rrr");
  await answer(1);
  wait(1);
  const now = memo.read({ name: "rrr" });
  expect(asked).toHaveLength(2);
  await answer(2);
  expect(await now).toBe(2);
});

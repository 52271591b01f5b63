import { describe, test } from "vitest";
import { soon } from "./start-server.ts";
import { type Fate, startTroubledServer } from "./start-troubled-server.ts";

describe.concurrent("a watch whose lists are answered", () => {
  test("is in step while something is said, and tells when that was", async ({ expect, onTestFinished }) => {
    const before = Date.now();
    const { reflector } = await startTroubledServer("sound", { onTestFinished });
    await reflector.synced;
    await soon(() => reflector.problem() === undefined);
    expect(reflector.heardAt()?.getTime()).toBeGreaterThanOrEqual(before);
    expect([reflector.outSince(), reflector.relists()]).toEqual([undefined, 0]);
  });

  const fates: [Fate, RegExp, string][] = [
    ["ends", /^each connection ends at once: closed$/, "each of whose connections ends at once"],
    ["fails", /^each connection ends at once: etcdserver: no leader$/, "that is told of an error each time"],
    ["hangs", /^no answer within 0\.2 s$/, "that is never answered"],
    ["mute", /^the server has said nothing for \d+ s$/, "whose connections are held open without a word"],
  ];
  for (const [fate, problem, told] of fates)
    test(`but ${told} is not in step, says so and since when, and is again when that is over`, async ({
      expect,
      onTestFinished,
    }) => {
      const server = await startTroubledServer(
        fate,
        { onTestFinished },
        fate === "mute" ? { silenceMs: 2_000, patienceMs: 500 } : { silenceMs: 200 },
      );
      const { reflector } = server;
      await reflector.synced;
      await soon(() => problem.test(reflector.problem() ?? ""));
      const since = reflector.outSince()?.getTime() ?? Number.NaN;
      expect(Date.now() - since).toBeLessThan(8_000);
      server.become("sound");
      await soon(() => reflector.problem() === undefined);
      expect(reflector.outSince()).toBeUndefined();
    });

  test("and never gets a connection is no more in step after it was listed again", async ({
    expect,
    onTestFinished,
  }) => {
    const { reflector, lists } = await startTroubledServer("hangs", { onTestFinished }, { silenceMs: 100 });
    await soon(() => lists() > 2);
    expect(reflector.problem()).toBe("no answer within 0.1 s");
    await soon(() => reflector.relists() > 1);
  });

  test("asks for metadata alone where no more is wanted of a kind, and else for all there is", async ({
    expect,
    onTestFinished,
  }) => {
    const reading = { kind: "ReplicaSet", metadataOnly: true } as const;
    const bare = await startTroubledServer("sound", { onTestFinished }, { reading });
    await soon(() => bare.asked.length > 1);
    const as = (what: string) => `application/json;as=${what};g=meta.k8s.io;v=v1`;
    expect(bare.asked.slice(0, 2)).toEqual([as("PartialObjectMetadataList"), as("PartialObjectMetadata")]);
    const whole = await startTroubledServer("sound", { onTestFinished });
    await soon(() => whole.asked.length > 1);
    expect(whole.asked.slice(0, 2)).toEqual(["application/json", "application/json"]);
  });
});

import { describe, expect, test } from "vitest";
import type { Params } from "../../src/project/params.ts";
import { en } from "../../src/words/en/index.ts";
import { findingSaid } from "../../src/words/finding-said.ts";
import { reasonSaid } from "../../src/words/reason-said.ts";
import { unreadSaid } from "../../src/words/unread-said.ts";
import type { FindingWords, Sentence } from "../../src/words/words.ts";
import { said } from "../builders/said.ts";

/** What each finding and each reason says where all that it asks for is known by name. */
const findings: [string, FindingWords<never>][] = Object.entries(en.findings);
const reasons: [string, Sentence<never>][] = Object.entries(en.reasons);

describe("the catalogue of words", () => {
  test("says no sentence that shows a gap where a fact is missing", () => {
    for (const [code, { title, cause, impact, fix }] of findings)
      for (const sentence of [title, cause, impact, fix]) {
        expect(sentence(every), code).not.toMatch(/undefined|NaN|\[object/);
        expect(sentence(every), code).not.toBe("");
      }
    for (const [reason, sentence] of Object.entries(en.doctor.lines))
      expect(sentence(every), reason).not.toMatch(/^$|undefined|NaN|\[object/);
  });

  test("says what another version stored as far as it can, and nothing where it cannot", () => {
    expect(findingSaid("of-tomorrow", {}, en)).toBeUndefined();
    expect(findingSaid("constructor", {}, en)).toBeUndefined();
    expect(findingSaid("port-blocked", { port: "of tomorrow" }, en)).toBeUndefined();
    expect(reasonSaid("OfTomorrow", {}, en)).toBeUndefined();
    expect(reasonSaid("ImageReady", {}, en)).toBeUndefined();
    expect(reasonSaid("CertificatePending", { issuer: "letsencrypt", state: "order in progress" }, en)).toBe(
      "letsencrypt: order in progress",
    );
  });

  test("says why nothing could be learned: by its code, in the words of whoever was asked, and as a status has it", () => {
    const late = { because: "Late", seconds: 5, of: "look" } as const;
    expect(unreadSaid(late, en.unread)).toBe("no answer within 5 s");
    expect(unreadSaid({ ...late, from: "berlin" }, en.unread)).toBe("berlin: no answer within 5 s");
    expect(unreadSaid("403 Forbidden", en.unread)).toBe("403 Forbidden");
    expect(reasonSaid("Unreadable", { ...late }, en)).toBe("cannot be read now: no answer within 5 s");
    expect(reasonSaid("ReachableTrying", { why: "dns-missing", from: "berlin" }, en)).toBe(
      "not reachable yet: its name has no DNS record",
    );
  });

  test("says why nothing could be learned as the version before stored it, and nothing of a code it does not know", () => {
    expect(reasonSaid("Unreadable", { detail: "no answer within 5 s" }, en)).toBe(
      "cannot be read now: no answer within 5 s",
    );
    expect(reasonSaid("ReachableTrying", { detail: "inside: no answer" }, en)).toBe(
      "not reachable yet: inside: no answer",
    );
    expect(unreadSaid({ because: "OfTomorrow", detail: "502" }, en.unread)).toBe("502");
    expect(unreadSaid({ because: "Late", seconds: "soon" }, en.unread)).toBe("");
  });

  test("says of a crash what its exit code means where the application did not choose it", () => {
    const cause = (exitCode: number) =>
      said({ code: "pod-crashloop", params: { container: "app", restarts: 4, exitCode } }).cause;
    expect(cause(139)).toBe("The container app crashed 4 times. Its last exit code was 139: a segmentation fault.");
    expect(cause(3)).toBe("The container app crashed 4 times. Its last exit code was 3.");
    expect(cause(-1)).toBe("The container app crashed 4 times.");
  });

  test("says no sentence that shows a gap in a finding as the version before stored it", () => {
    const pod = { pod: "rrr-1", namespace: "rrr", container: "app", image: "ghcr.io/acme/rrr:1", restarts: 4 };
    const stored: Record<string, Params> = {
      "build-failed": { number: 1, url: "x", conclusion: "failure", sha: "3f2a91c" },
      "workflow-missing": { repository: "acme/rrr", sha: "3f2a91c" },
      "image-never-pushed": pod,
      "image-unauthorized": pod,
      "image-platform": pod,
      "image-registry-tls": pod,
      "image-registry-unreachable": pod,
      "pod-config-missing": pod,
      "pod-crashloop": { ...pod, exitCode: 1 },
      "pod-oom": { ...pod, exitCode: 137 },
      "pod-refused": { deployment: "rrr", namespace: "rrr" },
      "quota-exceeded": { deployment: "rrr", namespace: "rrr" },
      "rollout-stuck": { deployment: "rrr", tag: "3f2a91c0aa11" },
      "flux-source-timeout": { url: "https://github.com/acme/rrr", artifact: "yes", address: "" },
      "flux-build-failed": { environment: "production", path: "k8s/overlays/production" },
      "flux-path-missing": { environment: "production", path: "k8s/overlays/production" },
      "cert-challenge-failed": { host: "rrr.example.com", issuer: "letsencrypt-prod" },
      "port-blocked": { host: "rrr.example.com", port: 443, address: "203.0.113.7", vantage: "berlin", cloud: "" },
    };
    for (const [code, params] of Object.entries(stored))
      for (const sentence of Object.values(said({ code, params })))
        expect(sentence, code).not.toMatch(/undefined|NaN|\[object/);
  });

  test("calls what stands beside the application by its name, and the application by no other", () => {
    const title = (code: string, role: string) => said({ code, params: { role, container: "proxy" } }).title;
    expect(title("pod-crashloop", "app")).toBe("The application keeps crashing");
    expect(title("pod-crashloop", "sidecar")).toBe("The sidecar proxy keeps crashing");
    expect(title("pod-oom", "sidecar")).toBe("The sidecar proxy runs out of memory");
  });

  test("promises of nothing that it goes on, but where that was seen", () => {
    const promise =
      /(?:goes|go) on running|still runs?\b|keeps? (?:running|on)\b|not affected|unaffected|continues to/i;
    // All is known but that.
    const seen = new Proxy({}, { get: (_, name) => (name === "running" ? "" : String(name)) }) as never;
    for (const [code, words] of findings)
      for (const sentence of [words.title, words.cause, words.impact, words.fix])
        expect(sentence(seen), code).not.toMatch(promise);
    for (const [reason, sentence] of reasons) expect(sentence(seen), reason).not.toMatch(promise);
    expect(en.slack.deploy.failed("3f2a91c0aa11")).not.toMatch(promise);
    // And where pods of it were seen to be ready it is said.
    expect(said({ code: "flux-source-timeout", params: { artifact: "yes", running: "yes" } }).impact).toMatch(promise);
  });

  test("ends every cause, impact and fix with a full stop, and no title", () => {
    for (const [code, { title, cause, impact, fix }] of findings) {
      expect(title(every), code).not.toMatch(/\.$/);
      for (const sentence of [cause, impact, fix]) expect(sentence(every), code).toMatch(/\.$/);
    }
  });
});

/** Every fact that any sentence asks for. */
const every = new Proxy({}, { get: (_, name) => String(name) }) as never;

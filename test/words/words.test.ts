import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { rules } from "../../src/diagnosis/rules/index.ts";
import type { Params } from "../../src/project/params.ts";
import { en } from "../../src/words/en/index.ts";

const source = await sourceOf([
  "src/steps",
  "src/facts",
  "src/controller",
  "src/cluster",
  "src/github",
  "src/template",
  "src/diagnosis",
  "src/doctor",
]);

describe("the catalogue of words", () => {
  test("has a sentence for every reason a step gives", () => {
    const reasons = new Set(
      [...source.matchAll(/reason: (?:\w+ \? )?"([A-Z][A-Za-z]+)"/g)].map(([, reason]) => reason ?? ""),
    );
    expect(reasons.size).toBeGreaterThan(20);
    expect(
      [...reasons].filter((reason) => !en.reasons[reason] && !en.preflight[reason] && !en.doctor.lines[reason]),
    ).toEqual([]);
  });

  test("has a sentence for whatever the doctor finds well or unknown, and uses each", () => {
    const told = new Set([...source.matchAll(/"([A-Z][A-Za-z]+)"/g)].map(([, reason]) => reason ?? ""));
    expect(Object.keys(en.doctor.lines).filter((reason) => !told.has(reason))).toEqual([]);
    for (const [reason, sentence] of Object.entries(en.doctor.lines))
      expect(sentence(every), reason).not.toMatch(/^$|undefined|NaN|\[object/);
    expect(Object.keys(en.doctor.impacts).filter((code) => !en.findings[code])).toEqual([]);
  });

  test("has title, cause, impact and fix for every code a finding or problem bears", () => {
    const codes = new Set([
      ...[...source.matchAll(/(?:code: |reason: |new Problem\(\s*(?:[^"(),]+ \? )?)"([a-z]+(?:-[a-z]+)+)"/g)].map(
        ([, code]) => code ?? "",
      ),
      ...rules.map(({ code }) => code),
    ]);
    const unseen = ["watch-expired", "slack-unreachable"];
    expect(codes.size).toBeGreaterThan(30);
    expect([...codes].filter((code) => !en.findings[code] && !unseen.includes(code))).toEqual([]);
  });

  test("says no sentence that shows a gap where a fact is missing", () => {
    for (const [code, words] of Object.entries(en.findings))
      for (const sentence of [words.title, words.cause, words.impact, words.fix]) {
        const said = sentence(every);
        expect(said, code).not.toMatch(/undefined|NaN|\[object/);
        expect(said, code).not.toBe("");
      }
  });

  test("says of a crash what its exit code means where the application did not choose it", () => {
    const cause = (exitCode: number) =>
      en.findings["pod-crashloop"]?.cause({ container: "app", restarts: 4, exitCode });
    expect(cause(139)).toBe("The container app has crashed 4 times. Its last exit code was 139: a segmentation fault.");
    expect(cause(3)).toBe("The container app has crashed 4 times. Its last exit code was 3.");
    expect(cause(-1)).toBe("The container app has crashed 4 times.");
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
    for (const [code, params] of Object.entries(stored)) {
      const words = en.findings[code] ?? expect.fail(code);
      for (const sentence of [words.title, words.cause, words.impact, words.fix])
        expect(sentence(params), code).not.toMatch(/undefined|NaN|\[object/);
    }
  });

  test("calls what stands beside the application by its name, and the application by no other", () => {
    const title = (code: string, role: string) => en.findings[code]?.title({ role, container: "proxy" });
    expect(title("pod-crashloop", "app")).toBe("The application keeps crashing");
    expect(title("pod-crashloop", "sidecar")).toBe("The sidecar proxy keeps crashing");
    expect(title("pod-oom", "sidecar")).toBe("The sidecar proxy runs out of memory");
  });

  test("promises of nothing that it goes on, but where that was seen", () => {
    const promise =
      /(?:goes|go) on running|still runs?\b|keeps? (?:running|on)\b|not affected|unaffected|continues to/i;
    // All is known but that.
    const seen = new Proxy<Record<string, string | number>>(
      {},
      { get: (_, name) => (name === "running" ? "" : String(name)) },
    );
    for (const [code, words] of Object.entries(en.findings))
      for (const sentence of [words.title, words.cause, words.impact, words.fix])
        expect(sentence(seen), code).not.toMatch(promise);
    for (const [reason, sentence] of Object.entries(en.reasons)) expect(sentence(seen), reason).not.toMatch(promise);
    expect(en.slack.deploy.failed("3f2a91c0aa11")).not.toMatch(promise);
    // And where pods of it were seen to be ready it is said.
    expect(en.findings["flux-source-timeout"]?.impact({ artifact: "yes", running: "yes" })).toMatch(promise);
  });

  test("ends every cause, impact and fix with a full stop, and no title", () => {
    for (const [code, { title, cause, impact, fix }] of Object.entries(en.findings)) {
      expect(title(every), code).not.toMatch(/\.$/);
      for (const sentence of [cause, impact, fix]) expect(sentence(every), code).toMatch(/\.$/);
    }
  });
});

/** Every fact that any sentence asks for. */
const every = new Proxy<Record<string, string | number>>({}, { get: (_, name) => String(name) });

async function sourceOf(folders: string[]): Promise<string> {
  const files = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(folder, { recursive: true }))
        .filter((file) => file.endsWith(".ts"))
        .map((file) => join(folder, file)),
    ),
  );
  return (await Promise.all(files.flat().map((file) => readFile(file, "utf8")))).join("\n");
}

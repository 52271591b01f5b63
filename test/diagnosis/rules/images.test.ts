import { describe, expect, test } from "vitest";
import type { Diagnosis } from "../../../src/diagnosis/diagnose.ts";
import { imageElsewhere } from "../../../src/diagnosis/rules/image-elsewhere.ts";
import { rules } from "../../../src/diagnosis/rules/index.ts";
import { pinImageMissing } from "../../../src/diagnosis/rules/pin-image-missing.ts";
import { buildOf } from "../../../src/facts/build.ts";
import type { Facts } from "../../../src/facts/facts.ts";
import type { Container } from "../../../src/facts/pod.ts";
import { tagOf } from "../../../src/project/naming.ts";
import type { KubeObject } from "../../../src/project/ports/cluster.ts";
import { known, unknown } from "../../../src/project/read.ts";
import { buildsOfRuns, commit } from "../../builders/facts.ts";
import { codes, type Given, judged } from "../../builders/judged.ts";
import { answered, deployment, kustomization, waitingPod } from "../../builders/objects.ts";
import { at, NOW } from "../../builders/project.ts";
import { recorded } from "../../builders/recorded.ts";
import { run, SHA } from "../../builders/run.ts";
import { siteSeen } from "../../builders/site.ts";
import { podOfSet, podWith, replicaSet, rolling, unready } from "../../builders/workloads.ts";

const TAG = SHA.slice(0, 12);
const image = `ghcr.io/acme/rrr:${TAG}`;
const done = buildsOfRuns(run({ status: "completed", conclusion: "success", updatedAt: NOW }));
const absent = { [TAG]: known(false) };
const nothingBefore = known({ sha: SHA, nearest: undefined, onlyManifests: false });
const notFound = `failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${image}: not found`;
const anonymous = `failed to pull and unpack image "${image}": failed to authorize: failed to fetch anonymous token: unexpected status: 401 Unauthorized`;

/** One pod of the newest revision that cannot pull. */
const pulling = (
  message: string,
  given: { name?: string; role?: Container["role"]; image?: string; createdAt?: Date } = {},
) => {
  const status = { state: { waiting: { reason: "ErrImagePull", message } } };
  const { name = "app", createdAt = at(-60), ...rest } = given;
  return rolling([podWith({ [name]: { ...rest, status } }, { createdAt })]);
};
const stuck = (pods: KubeObject[]) => {
  const conditions = [
    { type: "Progressing", status: "False", reason: "ProgressDeadlineExceeded", observedGeneration: 1, message: "x" },
  ];
  return rolling(pods, { ...unready(), status: { ...(unready().status as object), conditions } });
};

describe("an image that the registry is asked for", () => {
  test.each<[string, Given, string[]]>([
    ["just after the run", { seen: { at: at(59), builds: done, images: absent } }, []],
    [
      "a minute after the run",
      { seen: { at: at(60), builds: done, images: absent, lineage: nothingBefore } },
      ["fail image-never-pushed"],
    ],
    [
      "a minute after the run, while it cannot be read whether an older one will do",
      { seen: { at: at(60), builds: done, images: absent, lineage: unknown("502") } },
      [],
    ],
    ["that is there", { seen: { at: at(600), builds: done, images: { [TAG]: known(true) } } }, []],
    [
      "while the registry cannot be read",
      { seen: { at: at(600), builds: done, images: { [TAG]: unknown("502") } } },
      [],
    ],
    ["while runs cannot be read", { seen: { at: at(600), builds: { [SHA]: unknown("502") }, images: absent } }, []],
    ["while the run goes on", { seen: { at: at(600), builds: buildsOfRuns(run()), images: absent } }, []],
    [
      "when the registry refuses us",
      { seen: { builds: done, images: { [TAG]: unknown("403 denied", "image-unauthorized") } } },
      ["fail image-unauthorized"],
    ],
    [
      "when somebody must do something else about the registry",
      { seen: { builds: done, images: { [TAG]: unknown("token expired", "registry-token-invalid") } } },
      [],
    ],
  ])("%s", (_, given, wanted) => expect(codes(given)).toEqual(wanted));

  test("is named, with the run that should have pushed it", () => {
    const seen = { at: at(60), builds: done, images: absent, lineage: nothingBefore };
    expect(judged({ seen }).findings).toMatchObject([
      {
        subject: `image/${image}`,
        stage: "build",
        seenFrom: "registry",
        params: { image: "ghcr.io/acme/rrr", tag: TAG, number: 1 },
      },
    ]);
  });

  test.each([
    ["image-never-pushed", { builds: { [SHA]: unknown("502") } }, "502"],
    ["image-never-pushed", { builds: done, images: { [TAG]: unknown("503") } }, "503"],
    ["image-never-pushed", { builds: done, images: absent, lineage: unknown("504") }, "504"],
    ["image-unauthorized", { images: { [TAG]: unknown("503") } }, "503"],
  ])("leaves %s unknown where nobody could look", (code, seen, reason) => {
    expect(judged({ seen }).unknown).toContainEqual({ code, reason });
  });

  test("that is refused to us is an answer, and nothing unknown", () => {
    const seen = { images: { [TAG]: unknown("403", "image-unauthorized") } };
    expect(judged({ seen }).unknown.map(({ code }) => code)).not.toContain("image-unauthorized");
  });
});

describe("an image that a node pulls", () => {
  test.each<[string, KubeObject[], string, string[]]>([
    ["as a real kubelet said it: not there", recorded("image-missing"), "app", ["fail image-missing"]],
    ["as a real kubelet said it: of another processor", recorded("image-platform"), "", ["fail image-platform"]],
    [
      "as a real kubelet said it: refused to nobody, and to our token",
      recorded("image-unauthorized"),
      "",
      ["fail image-unauthorized", "fail image-unauthorized"],
    ],
    [
      "as a real kubelet said it: the registry out of reach",
      [
        ...recorded("image-missing").filter(({ kind }) => kind !== "Pod" && kind !== "Kustomization"),
        ...pods("registry-unreachable"),
      ],
      "",
      ["fail image-registry-unreachable"],
    ],
  ])("%s", (_, objects, name, wanted) => {
    expect(
      codes({ seen: { at: new Date("2026-12-01T00:00:00Z") }, here: { ...(name ? { name } : {}), objects } }),
    ).toEqual(wanted);
  });

  /** With the owner that the other recording of the same workload has. */
  function pods(name: string): KubeObject[] {
    const [of] = recorded("image-missing").filter(({ kind }) => kind === "Pod");
    return recorded(name).map((each) => ({
      ...each,
      metadata: { ...each.metadata, ownerReferences: of?.metadata.ownerReferences ?? [] },
    }));
  }

  test.each<[string, KubeObject[], string[]]>([
    ["the project's own, not there", pulling(notFound), ["fail image-never-pushed"]],
    [
      "another one beside it, not there",
      pulling("docker.io/acme/proxy:1: not found", { name: "proxy", image: "docker.io/acme/proxy:1" }),
      ["fail image-missing"],
    ],
    [
      "of an init container, not there",
      pulling("docker.io/acme/wait:1: not found", { name: "wait", role: "init", image: "docker.io/acme/wait:1" }),
      ["fail image-missing"],
    ],
    ["refused", pulling("unexpected status: 403 Forbidden"), ["fail image-unauthorized"]],
    ["of another processor", pulling("no match for platform in manifest: not found"), ["fail image-platform"]],
    [
      "from somebody else's registry",
      pulling("tls: failed to verify certificate: x509: certificate is valid for *.github.io, not ghcr.io"),
      ["fail image-registry-tls"],
    ],
    ["out of reach", pulling("dial tcp 20.205.243.164:443: i/o timeout"), ["fail image-registry-unreachable"]],
  ])("%s", (_, objects, wanted) => {
    expect(codes({ here: { objects } })).toEqual(wanted);
  });

  test.each([
    ["image-never-pushed", notFound],
    ["image-unauthorized", "403 Forbidden"],
    ["image-platform", "no match for platform in manifest: not found"],
    ["image-registry-tls", "x509: certificate signed by unknown authority"],
    ["image-registry-unreachable", "i/o timeout"],
  ])("is the cause where the rollout is stuck, Flux waited in vain and nobody answers: %s", (code, message) => {
    const status = { waiting: { reason: "ImagePullBackOff", message } };
    const pods = [podWith({ app: { status: { state: status } } }, { createdAt: at(-60) })];
    const objects = stuck(pods);
    const flux = kustomization([
      { type: "Ready", status: "False", reason: "HealthCheckFailed", message: "", observedGeneration: 1 },
    ]);
    const site = siteSeen({ inside: answered(503, "") });
    expect(codes({ here: { objects: [...objects, flux], site } })).toEqual([`fail ${code}`]);
    expect(codes({ here: { objects: rolling(pods), site } })).toEqual([`fail ${code}`]);
    expect(codes({ here: { objects: [...stuck([]), flux], site } })).toEqual([
      "fail flux-health-timeout",
      "fail rollout-stuck",
    ]);
  });

  test("is told of its workload and container, of the row of rollouts, in words that do not change with each try", () => {
    const backOff = waitingPod("ImagePullBackOff", `Back-off pulling image "${image}": ErrImagePull: ${notFound}`);
    const [first] = judged({ here: { objects: pulling(notFound) } }).findings;
    const [second] = judged({ here: { objects: rolling([backOff]) } }).findings;
    expect(first).toMatchObject({
      subject: "Deployment/rrr/rrr/app",
      stage: "rollout",
      environment: "production",
      evidence: notFound,
      params: { workload: "rrr", container: "app", role: "app", image },
    });
    expect(second?.evidence).toBe(first?.evidence);
  });

  test("is one trouble however many pods have it, and none of the pods of the version before", () => {
    const broken = () => waitingPod("ErrImagePull", notFound);
    expect(judged({ here: { objects: rolling([broken(), broken(), broken()]) } }).findings).toHaveLength(1);
    const objects = rolling([]);
    const before = replicaSet(objects[0] ?? deployment(), "1");
    expect(codes({ here: { objects: [...objects, before, podOfSet(broken(), before)] } })).toEqual([]);
  });

  test("of a pod on its way out is no trouble", () => {
    const [pod] = rolling([waitingPod("ErrImagePull", notFound)]).filter(({ kind }) => kind === "Pod");
    const going = { ...pod, metadata: { ...pod?.metadata, deletionTimestamp: NOW.toISOString() } } as KubeObject; // a pod with one field more
    expect(codes({ here: { objects: rolling([going]) } })).toEqual([]);
  });

  test("without the Secret, is made sure of for as long as the next try may take; with it, at once", () => {
    const confirmed = (message: string) =>
      judged({ here: { objects: pulling(message) } }).findings.map(({ code, confirm }) => [
        code,
        confirm?.milliseconds,
      ]);
    expect(confirmed(anonymous)).toEqual([["image-unauthorized", 30_000]]);
    expect(confirmed(anonymous.replace("anonymous", "oauth"))).toEqual([["image-unauthorized", undefined]]);
  });

  test.each(["Deployment", "Pod", "ReplicaSet"])(
    "leaves it unknown in an environment whose %ss could not be read",
    (kind) => {
      const bad = { objects: pulling(notFound), unread: { [kind]: unknown("403") } };
      const { findings, unknown: blind } = judged({
        here: [bad, { environment: { name: "staging" }, objects: pulling(notFound) }],
      });
      expect(findings.map(({ code, environment }) => [code, environment])).toEqual([["image-never-pushed", "staging"]]);
      const own = rules
        .filter(({ code }) => /^(image-(?!elsewhere)|pod-(?!refused))/.test(code))
        .map(({ code }) => code);
      expect(own).toHaveLength(11);
      for (const code of own)
        expect(blind.filter((each) => each.code === code)).toEqual([
          { code, environment: "production", reason: "403" },
        ]);
    },
  );
});

describe("pin-image-missing", () => {
  const PINNED = "c".repeat(40);
  const to = { follow: "pinned" as const, commit: PINNED };
  const over = { ...run({ sha: PINNED, number: 7, status: "completed", conclusion: "failure" }) };
  const seen = {
    pinned: { [PINNED]: known(commit({ sha: PINNED })) },
    images: { [tagOf(PINNED)]: known(false) },
    builds: { [PINNED]: known(buildOf([over])) },
  };
  const given = (more: Partial<Facts> = {}, environment: object = to, status: Given["status"] = {}) =>
    judged({ rules: [pinImageMissing], here: { environment }, seen: { ...seen, ...more }, status });
  const live = (tag: string) => ({
    ...{ sha: PINNED, tag, author: "", title: "", url: "", startedAt: NOW.toISOString(), stages: [] },
    state: "live" as const,
  });

  test.each<[string, Diagnosis, number]>([
    ["whose build failed", given(), 1],
    ["that was never built", given({ builds: { [PINNED]: known({ state: "none" }) } }), 1],
    ["whose build runs", given({ builds: { [PINNED]: known(buildOf([run({ sha: PINNED })])) } }), 0],
    ["whose builds nobody looked at yet", given({ builds: {} }), 0],
    ["whose image is there", given({ images: { [tagOf(PINNED)]: known(true) } }), 0],
    ["that is not there itself", given({ pinned: { [PINNED]: known(undefined) } }), 0],
    ["that a tag is named for", given({}, { ...to, tag: "v9" }), 0],
    ["that is the newest, of which the build's rules tell", given({}, { ...to, commit: SHA }), 0],
    ["that ran its image once", given({}, to, { deploys: [live(tagOf(PINNED))] }), 0],
    ["that ran another image once", given({}, to, { deploys: [live("v9")] }), 1],
    ["that was given out", given({}, to, { environments: [{ name: "production", released: PINNED }] }), 0],
    ["that it does not follow", given({}, { commit: PINNED }), 0],
  ])("of a commit %s", (_, { findings, unknown: blind }, count) => {
    expect(findings.map(({ code }) => code)).toEqual(Array(count).fill("pin-image-missing"));
    expect(blind).toEqual([]);
  });

  test.each<[string, Partial<Facts>]>([
    ["the registry", { images: { [tagOf(PINNED)]: unknown("503") } }],
    ["GitHub", { builds: { [PINNED]: unknown("503") } }],
  ])("is unknown while %s is away", (_, away) =>
    expect(given(away)).toEqual({
      findings: [],
      unknown: [{ code: "pin-image-missing", environment: "production", reason: "503" }],
    }),
  );
});

describe("image-elsewhere", () => {
  const applied = (id = "rrr_rrr_apps_Deployment", generation = 1): KubeObject => ({
    ...kustomization([], generation),
    status: { observedGeneration: 1, inventory: { entries: [{ id }] } },
  });
  const of = (...images: string[]): KubeObject => ({
    ...deployment(),
    spec: {
      replicas: 1,
      template: { spec: { containers: images.map((each, i) => ({ name: `c${i}`, image: each })) } },
    },
  });

  const withInit = (image: string, init: string): KubeObject => {
    const spec = { initContainers: [{ name: "migrate", image: init }], containers: [{ name: "c", image }] };
    return { ...deployment(), spec: { replicas: 1, template: { spec } } };
  };
  const worker = (image: string): KubeObject => ({ ...of(image), metadata: { name: "worker", namespace: "rrr" } });
  const both: KubeObject = {
    ...applied(),
    status: {
      observedGeneration: 1,
      inventory: { entries: ["rrr_rrr_apps_Deployment", "rrr_worker_apps_Deployment"].map((id) => ({ id })) },
    },
  };

  test.each<[string, KubeObject[], string[]]>([
    ["another image", [of("nginx:1"), applied()], ["warn image-elsewhere"]],
    ["an image whose name only begins alike", [of("ghcr.io/acme/rrr-web:1"), applied()], ["warn image-elsewhere"]],
    ["the project's image", [of("ghcr.io/acme/rrr:1"), applied()], []],
    ["the project's image by digest", [of("ghcr.io/acme/rrr@sha256:00"), applied()], []],
    ["the project's image beside another", [of("nginx:1", "ghcr.io/acme/rrr:1"), applied()], []],
    ["the project's image by no tag", [of("ghcr.io/acme/rrr"), applied()], []],
    [
      "the project's image by another registry's name",
      [of("mirror.example.com/acme/rrr:1"), applied()],
      ["warn image-elsewhere"],
    ],
    ["an image under the project's", [of("ghcr.io/acme/rrr/web:stable"), applied()], ["warn image-elsewhere"]],
    ["the project's image in an init container alone", [withInit("nginx:1", "ghcr.io/acme/rrr:1"), applied()], []],
    ["the project's image in one of two workloads", [of("nginx:1"), worker("ghcr.io/acme/rrr:1"), both], []],
    ["the project's image in both of two", [of("ghcr.io/acme/rrr:1"), worker("ghcr.io/acme/rrr:1"), both], []],
    ["the project's image in neither of two", [of("nginx:1"), worker("redis:8"), both], ["warn image-elsewhere"]],
    ["nothing that was applied", [of("nginx:1"), applied("rrr_other_apps_Deployment")], []],
    ["something before anything was applied", [of("nginx:1"), kustomization([])], []],
    ["something that Flux has not looked at yet", [of("nginx:1"), applied(undefined, 2)], []],
  ])("runs %s", (_, objects, wanted) => expect(codes({ rules: [imageElsewhere], here: { objects } })).toEqual(wanted));

  test("names what runs, and what should", () => {
    const objects = [of("nginx:1", "redis:8"), applied()];
    expect(judged({ rules: [imageElsewhere], here: { objects } }).findings).toMatchObject([
      {
        subject: "environment/production/image",
        params: { image: "ghcr.io/acme/rrr", used: "nginx:1, redis:8" },
      },
    ]);
  });
});

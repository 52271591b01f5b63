import { describe, expect, test } from "vitest";
import type { KubeObject } from "../../../src/project/ports/cluster.ts";
import { judged } from "../../builders/judged.ts";
import { condition } from "../../builders/objects.ts";
import { said } from "../../builders/said.ts";
import { ownedBy, podWith, rolling, unready } from "../../builders/workloads.ts";

const OWN = "ghcr.io/acme/rrr:3f2a91c0aa11";
const OTHER = "docker.io/acme/proxy:1";
const well = { ready: true, state: { running: {} } };
const waits = { state: { waiting: { reason: "PodInitializing" } } };
const backOff = { waiting: { reason: "CrashLoopBackOff", message: "back-off 40s" } };
const ended = (exitCode: number, reason: string) => ({
  ...{ restartCount: 3, state: backOff, lastState: { terminated: { exitCode, reason } } },
});

/** Who of a pod is in trouble: its role, and what the others of the pod do meanwhile. */
const WHO = {
  application: { name: "app", role: "app", image: OWN, told: "app", others: {} },
  "a container beside it": { name: "proxy", role: "app", image: OTHER, told: "beside", others: { app: well } },
  "an init container": { name: "migrate", role: "init", image: OTHER, told: "init", others: { app: waits } },
  "a restartable init container": {
    ...{ name: "proxy", role: "sidecar", image: OTHER, told: "sidecar", others: { app: waits } },
  },
} as const;

const TROUBLES = {
  image: { state: { waiting: { reason: "ImagePullBackOff", message: `${OTHER}: not found` } } },
  config: { state: { waiting: { reason: "CreateContainerConfigError", message: 'secret "nope" not found' } } },
  crash: ended(1, "Error"),
  "want of memory": ended(137, "OOMKilled"),
  // A liveness or startup probe has it killed and started again.
  "a probe that kills it": ended(137, "Error"),
};

const CODES: Record<keyof typeof TROUBLES, Record<keyof typeof WHO, string>> = {
  image: {
    application: "image-never-pushed",
    "a container beside it": "image-missing",
    "an init container": "image-missing",
    "a restartable init container": "image-missing",
  },
  config: all("pod-config-missing"),
  crash: { ...all("pod-crashloop"), "an init container": "pod-init-failed" },
  "want of memory": { ...all("pod-oom"), "an init container": "pod-init-failed" },
  "a probe that kills it": { ...all("pod-crashloop"), "an init container": "pod-init-failed" },
};

function all(code: string): Record<keyof typeof WHO, string> {
  return {
    application: code,
    "a container beside it": code,
    "an init container": code,
    "a restartable init container": code,
  };
}

type Who = (typeof WHO)[keyof typeof WHO];

function podOf({ name, role, image, others }: Who, status: object): KubeObject {
  const beside = Object.entries(others).map(([each, its]) => [each, { image: OWN, status: its }]);
  return podWith(Object.fromEntries([...beside, [name, { role, image, status }]]));
}

/** Its Deployment names what its pod has. */
function templateOf({ spec }: KubeObject): KubeObject {
  const whole = unready();
  return { ...whole, spec: { ...Object(whole.spec), template: { spec } } };
}

const findingsOf = (pod: KubeObject) => judged({ here: { objects: rolling([pod], templateOf(pod)) } }).findings;

const CASES = Object.keys(WHO).flatMap((who) =>
  Object.keys(TROUBLES).map((trouble) => [who, trouble] as [keyof typeof WHO, keyof typeof TROUBLES]),
);

describe("each container of a pod", () => {
  test.each(CASES)("%s, in trouble for %s, is one finding that names it", (who, trouble) => {
    const { name, told } = WHO[who];
    const code = CODES[trouble][who];
    const found = findingsOf(podOf(WHO[who], TROUBLES[trouble]));
    expect(found).toMatchObject([
      { code, subject: `Deployment/rrr/rrr/${name}`, params: { container: name, role: told, workload: "rrr" } },
    ]);
    const { title, cause } = said(found[0]);
    const read = `${title} ${cause}`;
    if (code !== "image-never-pushed") expect(read).toMatch(new RegExp(`\\b${name}\\b`));
    // Nobody else is called the application, in crashes and want of memory.
    if (told !== "app") expect(read).not.toMatch(/^The application\b/);
    if (told === "app" && /crashloop|oom/.test(code)) expect(read).toMatch(/^The application\b/);
  });

  test.each(Object.keys(WHO) as (keyof typeof WHO)[])("%s is in no trouble while it starts or runs", (who) => {
    const running = who === "an init container" ? { state: { running: {} } } : well;
    for (const status of [running, waits, { state: { waiting: { reason: "ContainerCreating" } } }])
      expect(findingsOf(podOf(WHO[who], status))).toEqual([]);
  });

  test.each([
    ["application", "app"],
    ["a container beside it", "proxy"],
    ["a restartable init container", "proxy"],
  ] as const)("%s that its readiness probe refuses is named once the rollout is stuck of it", (who, name) => {
    const pod = podOf(WHO[who], { ready: false, state: { running: {} } });
    const template = templateOf(pod);
    const late = condition("Progressing", "False", "ProgressDeadlineExceeded", "has timed out progressing.");
    const stuck = { ...template, status: { ...Object(template.status), conditions: [late] } };
    const [found, ...others] = judged({ here: { objects: rolling([pod], stuck) } }).findings;
    expect(others).toEqual([]);
    expect(found).toMatchObject({ code: "rollout-stuck", params: { unready: name } });
    expect(said(found).cause).toMatch(new RegExp(`: ${name}\\.$`));
  });
});

describe("the application", () => {
  const crashing = (of: KubeObject, image: string): KubeObject => {
    const pod = podWith({ main: { image, status: TROUBLES.crash } });
    return { ...pod, metadata: { ...pod.metadata, name: `${of.metadata.name}-0`, ownerReferences: ownedBy(of) } };
  };
  const set = (name: string, image: string): KubeObject => ({
    ...{ apiVersion: "apps/v1", kind: "StatefulSet", metadata: { name, namespace: "rrr", uid: `uid-${name}` } },
    spec: { template: { spec: { containers: [{ name: "main", image }] } } },
  });
  const roles = (...images: string[]) => {
    const sets = images.map((image, index) => set(`w${index}`, image));
    const objects = sets.flatMap((each, index) => [each, crashing(each, images[index] ?? "")]);
    return judged({ here: { objects } })
      .findings.filter(({ code }) => code === "pod-crashloop")
      .map(({ params }) => params.role);
  };

  test("is whatever runs the project's image, by any tag or digest, wherever it stands", () => {
    expect(roles("redis:8", OWN)).toEqual(["beside", "app"]);
    expect(roles("redis:8", "ghcr.io/acme/rrr@sha256:00")).toEqual(["beside", "app"]);
    expect(roles("redis:8", "ghcr.io/acme/rrr")).toEqual(["beside", "app"]);
    expect(roles(OWN, OWN)).toEqual(["app", "app"]);
    expect(roles("ghcr.io/acme/rrr-web:1", OWN)).toEqual(["beside", "app"]);
  });

  test("is each workload's first container where nothing runs the project's image", () => {
    expect(roles("ghcr.io/acme/rrr/web:stable")).toEqual(["app"]);
    expect(roles("redis:8", "nginx:1")).toEqual(["app", "app"]);
  });
});

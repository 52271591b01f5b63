import { beforeAll, describe, expect, test } from "vitest";
import type { Reply } from "../connection.ts";
import { scene } from "./scene.ts";
import type { Site } from "./site.ts";

const like = (pattern: RegExp) => expect.stringMatching(pattern);
const OPEN = "docker.io/testbed/app:1";
/** containerd before 1.7 does not tell it. */
const REQUEST = "( from (GET|POST) request to https?://\\S+/token\\S*)?";
const CASES = [
  "runs",
  "awaited",
  "anonymous",
  "refused",
  "platform",
  "crash",
  "probe",
  "port",
  "config",
  "leave",
] as const;

export function kubelet(site: () => Site): void {
  describe("the kubelet and a Deployment's controller", () => {
    const at = scene(site);
    const named: Partial<Record<(typeof CASES)[number], string>> = {};
    const of = (name: (typeof CASES)[number]) => named[name] ?? "";

    const deploy = (name: (typeof CASES)[number], container: object, pod: object = {}, spec: object = {}) =>
      at.make("Deployment", of(name), "app", {
        spec: {
          replicas: 1,
          selector: { matchLabels: { app: "app" } },
          template: {
            metadata: { labels: { app: "app" } },
            spec: { terminationGracePeriodSeconds: 1, containers: [{ name: "app", ...container }], ...pod },
          },
          ...spec,
        },
      });
    const podOf = async (name: (typeof CASES)[number]): Promise<Reply["body"]> => (await at.list("Pod", of(name)))[0];
    /** The one container's state, as `kubectl get pod` would tell it. */
    const containerOf = async (name: (typeof CASES)[number]) =>
      (await podOf(name))?.status?.containerStatuses?.[0] ?? {};
    const podConditions = async (name: (typeof CASES)[number]) => {
      const pod = await podOf(name);
      return pod ? await at.conditions("Pod", of(name), pod.metadata.name) : {};
    };
    const waiting = (reason: string, message: string) => ({
      ready: false,
      restartCount: 0,
      state: { waiting: { reason, message: like(new RegExp(message)) } },
    });
    const pullSecret = async (name: (typeof CASES)[number], password = at.site.registry.login.password) => {
      const auths = { "ghcr.io": { username: at.site.registry.login.username, password } };
      await at.make("Secret", of(name), "pull", {
        type: "kubernetes.io/dockerconfigjson",
        stringData: { ".dockerconfigjson": JSON.stringify({ auths }) },
      });
      return { imagePullSecrets: [{ name: "pull" }] };
    };
    const runs = async (name: (typeof CASES)[number]) => {
      await at.see(() => containerOf(name), { ready: true, started: true, state: { running: {} } });
    };

    beforeAll(async () => {
      const { registry } = at.site;
      await registry.push(`acme/${at.id}:1`);
      await registry.push(`acme/${at.id}-arm:1`, "arm64");
      for (const name of CASES) named[name] = await at.namespace(name);
    });

    const BACK_OFF = "ImagePullBackOff";
    const pulling = (image: string) => `^Back-off pulling image "${image}": ErrImagePull: `;

    test("tells of a registry that nobody answers for", async () => {
      await at.site.registry.leave();
      try {
        const image = `ghcr\\.io/acme/${at.id}:1`;
        await deploy(
          "leave",
          { image: `ghcr.io/acme/${at.id}:1`, imagePullPolicy: "Always" },
          await pullSecret("leave"),
        );
        await at.see(
          () => containerOf("leave"),
          waiting(
            BACK_OFF,
            `${pulling(image)}failed to pull and unpack image "${image}": failed to resolve reference "${image}": failed to do request: Head "https?://\\S+/v2/acme/${at.id}/manifests/1\\S*": dial tcp [\\d.]+:\\d+: connect: connection refused$`,
          ),
        );
      } finally {
        await at.site.registry.comeBack();
      }
    });
    describe("when it is there again", () => {
      beforeAll(async () => {
        const http = { httpGet: { path: "/", port: 3000 }, periodSeconds: 1 };
        await deploy("runs", { image: `ghcr.io/acme/${at.id}:1`, readinessProbe: http }, await pullSecret("runs"));
        await deploy("awaited", { image: `ghcr.io/acme/${at.id}:later` }, await pullSecret("awaited"));
        await deploy("anonymous", { image: `ghcr.io/acme/${at.id}:1`, imagePullPolicy: "Always" });
        const wrong = await pullSecret("refused", "ghp_expired");
        await deploy("refused", { image: `ghcr.io/acme/${at.id}:1`, imagePullPolicy: "Always" }, wrong);
        const hasty = { progressDeadlineSeconds: 10 };
        await deploy("platform", { image: `ghcr.io/acme/${at.id}-arm:1` }, await pullSecret("platform"), hasty);
        const terminationMessagePolicy = "FallbackToLogsOnError";
        await deploy("crash", { image: OPEN, env: [{ name: "FAIL", value: "3" }], terminationMessagePolicy });
        await deploy("probe", { image: OPEN, env: [{ name: "START_SECONDS", value: "600" }], readinessProbe: http });
        const elsewhere = { httpGet: { path: "/", port: 3001 }, periodSeconds: 1 };
        await deploy("port", { image: OPEN, readinessProbe: elsewhere });
        await deploy("config", { image: OPEN, envFrom: [{ configMapRef: { name: "settings" } }] });
      });

      test("runs a private image with its pull secret, and tells each step", async () => {
        await runs("runs");
        expect(await podConditions("runs")).toMatchObject({
          PodScheduled: "True : ",
          PodReadyToStartContainers: "True : ",
          Initialized: "True : ",
          ContainersReady: "True : ",
          Ready: "True : ",
        });
        const pod = await podOf("runs");
        expect(pod.status).toMatchObject({ phase: "Running", podIP: like(/^[\d.]+$/) });
        expect(pod.status.containerStatuses[0]).toMatchObject({
          image: `ghcr.io/acme/${at.id}:1`,
          imageID: like(new RegExp(`^ghcr\\.io/acme/${at.id}@sha256:[0-9a-f]{64}$`)),
          restartCount: 0,
        });
        await at.see(() => at.conditions("Deployment", of("runs"), "app"), {
          Available: "True MinimumReplicasAvailable: Deployment has minimum availability.",
          Progressing: like(/^True NewReplicaSetAvailable: ReplicaSet "app-\w+" has successfully progressed\.$/),
        });
        expect((await at.get("Deployment", of("runs"), "app")).status).toMatchObject({
          observedGeneration: 1,
          replicas: 1,
          updatedReplicas: 1,
          readyReplicas: 1,
          availableReplicas: 1,
        });
        await at.hear(
          () => at.events(of("runs")),
          /^Normal ScalingReplicaSet Deployment: Scaled up replica set app-\w+ from 0 to 1$/,
          /^Normal SuccessfulCreate ReplicaSet: Created pod: app-\w+-\w+$/,
          /^Normal Scheduled Pod: Successfully assigned \S+\/app-\w+-\w+ to \w+$/,
          new RegExp(`^Normal Pulling Pod: Pulling image "ghcr\\.io/acme/${at.id}:1"$`),
          /^Normal Pulled Pod: Successfully pulled image "\S+" in \S+ \(\S+ including waiting\)\. Image size: \d+ bytes\.$/,
          /^Normal Created Pod: Created container: app$/,
          /^Normal Started Pod: Started container app$/,
        );
      });

      test("tells of an image that the registry has not yet", async () => {
        const image = `ghcr\\.io/acme/${at.id}:later`;
        const words = `failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${image}: not found`;
        await at.see(
          () => containerOf("awaited"),
          waiting(BACK_OFF, `${pulling(image)}rpc error: code = NotFound desc = ${words}$`),
        );
        await at.hear(
          () => at.events(of("awaited")),
          new RegExp(
            `^Warning Failed Pod: Failed to pull image "${image}": rpc error: code = NotFound desc = ${words}$`,
          ),
          /^Warning Failed Pod: Error: ErrImagePull$/,
          new RegExp(`^Normal BackOff Pod: Back-off pulling image "${image}"$`),
          /^Warning Failed Pod: Error: ImagePullBackOff$/,
        );
        expect(await podConditions("awaited")).toMatchObject({
          Ready: "False ContainersNotReady: containers with unready status: [app]",
          ContainersReady: "False ContainersNotReady: containers with unready status: [app]",
          PodScheduled: "True : ",
        });
        expect((await podOf("awaited")).status.phase).toBe("Pending");
        expect(await at.conditions("Deployment", of("awaited"), "app")).toMatchObject({
          Available: "False MinimumReplicasUnavailable: Deployment does not have minimum availability.",
          Progressing: like(/^True ReplicaSetUpdated: ReplicaSet "app-\w+" is progressing\.$/),
        });
        await at.site.registry.push(`acme/${at.id}:later`);
      });

      test("tells of a private image whose pull secret is missing", async () => {
        await at.see(
          () => containerOf("anonymous"),
          waiting(
            BACK_OFF,
            `${pulling(`ghcr\\.io/acme/${at.id}:1`)}failed to pull and unpack image .*: failed to authorize: failed to fetch anonymous token: unexpected status${REQUEST}: 401 Unauthorized$`,
          ),
        );
        await pullSecret("anonymous");
        const patch = { spec: { template: { spec: { imagePullSecrets: [{ name: "pull" }] } } } };
        await at.change("Deployment", of("anonymous"), "app", patch);
      });

      test("tells of a pull secret that the registry refuses", async () => {
        await at.see(
          () => containerOf("refused"),
          waiting(
            BACK_OFF,
            `${pulling(`ghcr\\.io/acme/${at.id}:1`)}failed to pull and unpack image .*: failed to authorize: failed to fetch oauth token: unexpected status${REQUEST}: 403 Forbidden$`,
          ),
        );
        const auths = { "ghcr.io": at.site.registry.login };
        const data = { ".dockerconfigjson": Buffer.from(JSON.stringify({ auths })).toString("base64") };
        await at.change("Secret", of("refused"), "pull", { data });
      });

      test("tells of an image for other machines, and its Deployment gives up in time", async () => {
        await at.see(
          () => containerOf("platform"),
          waiting(
            BACK_OFF,
            `${pulling(`ghcr\\.io/acme/${at.id}-arm:1`)}rpc error: code = NotFound desc = failed to pull and unpack image "ghcr\\.io/acme/${at.id}-arm:1": no match for platform in manifest( sha256:\\w+)?: not found$`,
          ),
        );
        await at.see(() => at.conditions("Deployment", of("platform"), "app"), {
          Available: like(/^False MinimumReplicasUnavailable: /),
          Progressing: like(/^False ProgressDeadlineExceeded: ReplicaSet "app-\w+" has timed out progressing\.$/),
        });
      });

      test("starts what crashes again, ever later, and keeps how it ended and what it wrote last", async () => {
        await at.see(() => containerOf("crash"), {
          ready: false,
          started: false,
          state: {
            waiting: {
              reason: "CrashLoopBackOff",
              message: like(
                /^back-off \S+ restarting failed container=app pod=app-\S+_contract-\w+-crash\([0-9a-f-]{36}\)$/,
              ),
            },
          },
          lastState: {
            terminated: { exitCode: 3, reason: "Error", message: like(/^app: told to fail with exit code 3\n?$/) },
          },
        });
        expect((await containerOf("crash")).restartCount).toBeGreaterThanOrEqual(1);
        await at.hear(
          () => at.events(of("crash")),
          /^Warning BackOff Pod: Back-off restarting failed container app in pod app-\S+_contract-\w+-crash\([0-9a-f-]{36}\)$/,
        );
        expect((await podOf("crash")).status.phase).toBe("Running");
      });

      test("tells of a container that runs and does not answer its probe", async () => {
        await at.hear(
          () => at.events(of("probe")),
          /^Warning Unhealthy Pod: Readiness probe failed: Get "http:\/\/[\d.]+:3000\/": dial tcp [\d.]+:3000: connect: connection refused$/,
        );
        expect(await containerOf("probe")).toMatchObject({
          ready: false,
          started: true,
          restartCount: 0,
          state: { running: {} },
        });
        expect(await podConditions("probe")).toMatchObject({
          Ready: "False ContainersNotReady: containers with unready status: [app]",
        });
      });

      test("tells of a probe that asks a port on which nobody listens", async () => {
        await at.hear(
          () => at.events(of("port")),
          /^Warning Unhealthy Pod: Readiness probe failed: Get "http:\/\/[\d.]+:3001\/": dial tcp [\d.]+:3001: connect: connection refused$/,
        );
        expect(await containerOf("port")).toMatchObject({ ready: false, restartCount: 0, state: { running: {} } });
      });

      test("waits for a ConfigMap that is missing", async () => {
        await at.see(
          () => containerOf("config"),
          waiting("CreateContainerConfigError", '^configmap "settings" not found$'),
        );
        await at.hear(() => at.events(of("config")), /^Warning Failed Pod: Error: configmap "settings" not found$/);
        await at.make("ConfigMap", of("config"), "settings", { data: { COLOUR: "blue" } });
      });

      test("each is taken once it is there: the image, the right secret, the settings, the registry", async () => {
        for (const name of ["awaited", "refused", "config", "leave"] as const) await runs(name);
        await at.see(() => at.conditions("Deployment", of("anonymous"), "app"), {
          Progressing: like(/^True NewReplicaSetAvailable: /),
        });
      });
    });
  });
}

import { beforeAll, describe, expect, test, vi } from "vitest";
import { PATCH } from "../connection.ts";
import { scene } from "./scene.ts";
import type { Site } from "./site.ts";

const ROLE = "/apis/rbac.authorization.k8s.io/v1/clusterroles";
const NAME = "traefik-kube-system";
/** https://doc.traefik.io/traefik/v3.5/reference/install-configuration/providers/kubernetes/kubernetes-ingress/ */
const ALLOW_EMPTY = "--providers.kubernetesingress.allowemptyservices=true";
const TRAEFIK = "/apis/apps/v1/namespaces/kube-system/deployments/traefik";

export function traefik(site: () => Site): void {
  describe("Traefik", () => {
    const at = scene(site);
    let namespace = "";
    const host = (name: string) => `${name}.${at.id}.test`;
    const get = (name: string, path?: string) => at.site.outside.get(host(name), path);
    const noRoute = { status: 404, text: "404 page not found\n" };

    const route = (name: string, service: string, spec: object = {}) =>
      at.make("Ingress", namespace, name, {
        spec: {
          ingressClassName: "traefik",
          rules: [
            {
              host: host(name),
              http: {
                paths: [
                  { path: "/", pathType: "Prefix", backend: { service: { name: service, port: { number: 80 } } } },
                ],
              },
            },
          ],
          ...spec,
        },
      });
    const service = (name: string, app: string, port: object = { port: 80, targetPort: 3000 }) =>
      at.make("Service", namespace, name, { spec: { selector: { app }, ports: [port] } });

    beforeAll(async () => {
      namespace = await at.namespace("routes");
      await at.make(
        "Pod",
        namespace,
        "app",
        {
          spec: {
            terminationGracePeriodSeconds: 1,
            containers: [
              {
                name: "app",
                image: "docker.io/testbed/app:1",
                ports: [{ name: "http", containerPort: 3000 }],
                readinessProbe: { httpGet: { path: "/", port: 3000 }, periodSeconds: 1 },
              },
            ],
          },
        },
        { labels: { app: "app" } },
      );
      await service("app", "app");
      await service("empty", "nobody");
      await service("named", "app", { port: 80, targetPort: "http" });
      await service("absent", "app", { port: 3000 });
      await service("closed", "app", { port: 80, targetPort: 3001 });
      await service("misnamed", "app", { port: 80, targetPort: "web" });
      await route("app", "app");
      await route("named", "named");
      await route("closed", "closed");
      await route("misnamed", "misnamed");
      await route("absent", "absent", {
        rules: [
          {
            host: host("absent"),
            http: {
              paths: [
                { path: "/", pathType: "Prefix", backend: { service: { name: "absent", port: { number: 3000 } } } },
              ],
            },
          },
        ],
      });
      await route("empty", "empty");
      await route("missing", "missing");
      await route("other", "app", { ingressClassName: "nginx" });
    });

    test("serves what an Ingress routes, and writes its address there", async () => {
      await at.see(() => get("app", "/hello"), {
        status: 200,
        text: expect.stringMatching(/^hello from \S+ at \/hello\n$/),
      });
      await at.see(() => at.get("Ingress", namespace, "app"), {
        status: { loadBalancer: { ingress: [{ ip: at.site.dns.node }] } },
      });
    });

    test("goes to the port that the Service means: a number, a name, or its own number", async () => {
      for (const name of ["named", "absent"]) await at.see(() => get(name), { status: 200 });
      const slices = async (service: string) =>
        (await at.list("EndpointSlice", namespace))
          .filter(({ metadata }) => metadata.labels["kubernetes.io/service-name"] === service)
          .map(({ endpoints, ports }) => ({
            ready: endpoints?.map(({ conditions }: { conditions: { ready: boolean } }) => conditions.ready) ?? [],
            ports: ports?.map(({ port }: { port: number }) => port) ?? [],
          }));
      for (const name of ["app", "named", "absent"])
        await at.see(() => slices(name), [{ ready: [true], ports: [3000] }]);
      await at.see(() => slices("closed"), [{ ready: [true], ports: [3001] }]);
      await at.see(() => slices("misnamed"), [{ ready: [true], ports: [] }]);
    });

    test("answers 502 where nobody listens on that port", async () => {
      await at.see(() => get("closed"), { status: 502, text: "Bad Gateway" });
    });

    test("answers 404 where there is no Ingress, or one of a class that nobody serves", async () => {
      expect(await get("nowhere")).toEqual(noRoute);
      expect(await get("other")).toEqual(noRoute);
      expect((await at.get("Ingress", namespace, "other")).status).toEqual({ loadBalancer: {} });
    });

    test("shows a certificate of its own where none is asked for, and serves all the same", async () => {
      for (const name of ["app", "nowhere"]) {
        const shown = await at.site.outside.certificate(host(name));
        expect(shown.subject).toBe("CN=TRAEFIK DEFAULT CERT");
        expect(shown.issuer).toBe("CN=TRAEFIK DEFAULT CERT");
        expect(shown.subjectAltName).toMatch(/\.traefik\.default$/);
      }
      await at.see(() => at.site.outside.getSecurely(host("app"), "/"), { status: 200 });
      expect(await at.site.outside.getSecurely(host("nowhere"), "/")).toEqual(noRoute);
    });

    describe("told how to answer for a Service without endpoints", () => {
      let before: string[] = [];
      const args = async (): Promise<string[]> =>
        (await at.get("Deployment", "kube-system", "traefik")).spec.template.spec.containers[0].args;
      /** Other arguments are another pod; over when that is ready and the old one gone. */
      const restart = async (value: string[]) => {
        const patch = [{ op: "replace", path: "/spec/template/spec/containers/0/args", value }];
        const { status } = await at.site.server.send("PATCH", TRAEFIK, { body: patch, type: PATCH.json });
        expect(status).toBe(200);
        await vi.waitUntil(isRolledOut, { ...at.site.patience });
      };
      const isRolledOut = async () => {
        const { metadata, status } = (await at.site.server.send("GET", TRAEFIK)).body;
        const { observedGeneration, replicas, updatedReplicas, availableReplicas } = status;
        return (
          observedGeneration === metadata.generation &&
          [replicas, updatedReplicas, availableReplicas].every((count) => count === 1)
        );
      };

      beforeAll(async () => {
        before = await args();
        return async () => await restart(before);
      });

      test("as k3s tells it, it answers 503, and 404 where there is no Service", async () => {
        const others = before.filter((each) => each !== ALLOW_EMPTY);
        await restart([...others, ALLOW_EMPTY]);
        await at.see(() => get("app"), { status: 200 });
        for (const name of ["empty", "misnamed"])
          await at.see(() => get(name), { status: 503, text: "no available server\n" });
        expect(await get("missing")).toEqual(noRoute);
      });

      test("started without its ClusterRole, it is ready and knows no route; given back, it serves", async () => {
        const { send } = at.site.server;
        const { body: role } = await send("GET", `${ROLE}/${NAME}`);
        expect(role.kind).toBe("ClusterRole");
        expect((await send("DELETE", `${ROLE}/${NAME}`)).status).toBe(200);
        try {
          await restart((await args()).filter((each) => each !== ALLOW_EMPTY));
          await at.see(() => get("app"), noRoute);
          expect(await at.conditions("Deployment", "kube-system", "traefik")).toMatchObject({
            Available: expect.stringMatching(/^True MinimumReplicasAvailable: /),
          });
        } finally {
          const { apiVersion, kind, rules } = role;
          const given = await send("POST", ROLE, { body: { apiVersion, kind, metadata: { name: NAME }, rules } });
          expect(given.status).toBe(201);
        }
        await at.see(() => get("app"), { status: 200 });
      });

      test("as it is by itself, it answers 404", async () => {
        for (const name of ["empty", "misnamed"]) expect(await get(name)).toEqual(noRoute);
      });
    });
  });
}

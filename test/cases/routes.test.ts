import { afterAll, beforeAll, describe, test } from "vitest";
import { until } from "../cluster/until.ts";
import type { Application } from "../team/application.ts";
import type { Push } from "../team/checkout.ts";
import { fieldOf } from "../team/field-of.ts";
import { startTeam } from "../team/start-team.ts";
import type { Team } from "../team/team.ts";

const INGRESS = "k8s/overlays/production/ingress.yaml";
const SERVICE = "k8s/base/service.yaml";
const BUILT = /✔ Image/;

let team: Team;
let hostless: Application;

beforeAll(async () => {
  team = await startTeam();
  hostless = await team.launch("nohost-app");
});
afterAll(async () => await team?.close());

/** The hosts of its Ingress' rules, as Flux has applied them. */
function hosts(app: Application): unknown[] {
  return [fieldOf(app.object("networking.k8s.io/v1", "Ingress"), "spec", "rules") ?? []]
    .flat()
    .map((rule) => fieldOf(rule, "host"));
}

async function pushIngress(app: Application, title: string, change: (text: string) => string): Promise<Push> {
  const work = await app.clone();
  await work.edit(INGRESS, change);
  const push = await work.push(title);
  await app.untilRun(push, "completed");
  return push;
}

describe.concurrent("the Ingress' host becomes a wildcard that covers the project's", () => {
  const host = "wild-app.apps.localhost";
  let app: Application;
  let push: Push;

  beforeAll(async () => {
    app = await team.launch("wild-app", "template=node-service domain=wild-app.apps.localhost");
    push = await pushIngress(app, "Any name will do", (text) =>
      text.replace(/- host: .*/, '- host: "*.apps.localhost"'),
    );
    await until(90, "the wildcard", () => hosts(app).includes("*.apps.localhost"));
  });

  test("routes: the push is live", async ({ expect }) => {
    await expect.poll(() => app.site(host)).toBe(200);
    await expect.poll(() => app.thread(push).root.text).toMatch(/\blive\b/);
    expect(app.thread(push).ever).not.toMatch(/\bfailed\b/i);
  });

  // Of this kind: test/facts/route.test.ts.
});

describe.concurrent("the Ingress has another host than the project", () => {
  let app: Application;
  let push: Push;

  beforeAll(async () => {
    app = await team.launch("other-app");
    push = await pushIngress(app, "It is a shop now", (text) =>
      text.replaceAll(/"?other-app\.localhost"?/g, "shop.localhost"),
    );
    await until(90, "the other host", () => hosts(app).includes("shop.localhost"));
  });

  test("the host that is missing is told by name, on the push's card too", async ({ expect }) => {
    await expect.poll(() => app.thread(push).text).toMatch(/other-app\.localhost/);
    await expect.poll(() => app.thread(push).text).toMatch(/shop\.localhost/);
  });

  test("so it is where somebody asks for the status", async ({ expect }) => {
    await expect.poll(() => app.ask("status"), { interval: 3_000 }).toMatch(/no route|404|shop\.localhost/i);
    expect(await app.ask("status")).not.toMatch(/no open problem/i);
  });

  test("the push is not live", async ({ expect }) => {
    await expect.poll(() => app.thread(push).root.text).toMatch(BUILT);
    await app.rest();
    expect(app.thread(push).ever).not.toMatch(/\blive\b/);
  });
});

describe.concurrent("an IngressRoute of Traefik's in place of the Ingress", () => {
  let app: Application;
  let push: Push;

  beforeAll(async () => {
    app = await team.launch("route-app");
    push = await pushIngress(
      app,
      "Traefik's own kind",
      () => `apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata:
  name: route-app
spec:
  entryPoints: [web]
  routes:
    - match: Host(\`route-app.localhost\`)
      kind: Rule
      services:
        - name: route-app
          port: 80
`,
    );
  });

  test("is told by name, with what the cluster has against it, once", async ({ expect }) => {
    await expect.poll(() => app.thread(push).text).toMatch(/IngressRoute/);
    await expect.poll(() => app.thread(push).text).toMatch(/forbidden|no matches for kind/i);
    expect(app.threadsOf(push)).toHaveLength(1);
    expect(app.thread(push).root.text).not.toMatch(/\blive\b/);
  });
});

describe.concurrent("a second host, whose DNS record is not there", () => {
  let app: Application;

  beforeAll(async () => {
    team.control.setDns("www.apex-app.localhost", []);
    app = await team.launch("apex-app");
    await pushIngress(app, "Serve www as well", (text) => {
      const [rule = ""] = / {4}- host: .*\n(?: {6}.*\n)+/.exec(text) ?? [];
      const second = rule.replace("apex-app.localhost", "www.apex-app.localhost");
      return text
        .replace(rule, rule + second)
        .replace(/( {4}- hosts:\n {8}- .*\n)/, "$1        - www.apex-app.localhost\n");
    });
  });

  // A certificate is asked for anew when names are added:
  // https://cert-manager.io/docs/faq/#when-do-certs-get-re-issued
  test("cert-manager has a challenge for it", async ({ expect }) => {
    const names = () =>
      app.objects("acme.cert-manager.io/v1", "Challenge").map((challenge) => fieldOf(challenge, "spec", "dnsName"));
    await expect.poll(names).toContain("www.apex-app.localhost");
  });

  test("its challenge is told by name", async ({ expect }) => {
    await expect.poll(() => app.text()).toMatch(/www\.apex-app\.localhost/);
    expect(app.text()).toMatch(/DNS|challenge/i);
  });

  test("the first host answers all the while, and nothing says that it does not", async ({ expect }) => {
    expect(await app.site()).toBe(200);
    await app.rest();
    expect(app.text()).not.toMatch(/(?<!www\.)apex-app\.localhost (does not|has no)/);
  });

  // Of this kind: test/diagnosis/rules/routes.test.ts, test/facts/certificate.test.ts.
});

describe.concurrent("a Service that points to a port on which nobody listens", () => {
  let app: Application;
  let push: Push;

  beforeAll(async () => {
    app = await team.launch("port-app");
    const work = await app.clone();
    await work.edit(SERVICE, (text) => text.replace("targetPort: http", "targetPort: 9999"));
    push = await work.push("Another port");
    await app.untilRun(push, "completed");
  });

  test("it answers 502", async ({ expect }) => {
    await expect.poll(() => app.site()).toBe(502);
  });

  test("is told with both ports, and is not live", async ({ expect }) => {
    await expect.poll(() => app.thread(push).text).toMatch(/3000/);
    expect(app.thread(push).text).toMatch(/9999/);
    expect(app.thread(push).ever).not.toMatch(/\blive\b/);
    expect(app.threadsOf(push)).toHaveLength(1);
  });

  // Of this kind: test/facts/way-to-pods.test.ts, test/diagnosis/rules/service-port-undeclared.test.ts, test/diagnosis/rules/sites.test.ts.
});

// Last, since its rule takes whatever host no other rule names.
describe("an Ingress without a host", () => {
  let push: Push;

  beforeAll(async () => {
    push = await pushIngress(hostless, "Whatever its name", (text) => text.replace(/- host: .*\n\s+http:/, "- http:"));
    await until(90, "the rule", () => hosts(hostless).includes(undefined));
  });

  test("routes: the push is live", async ({ expect }) => {
    await expect.poll(() => hostless.site()).toBe(200);
    await expect.poll(() => hostless.thread(push).root.text).toMatch(/\blive\b/);
    expect(hostless.thread(push).ever).not.toMatch(/\bfailed\b/i);
  });
});

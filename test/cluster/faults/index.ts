import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { changeFile } from "./change-file.ts";
import type { Fault, Living } from "./fault.ts";

const DEPLOYMENT = "k8s/base/deployment.yaml";
const INGRESS = "k8s/overlays/production/ingress.yaml";
const CONTAINERS = "      containers:\n        - name: app\n";
const CRASHES = `          command: ["node", "-e", "console.error('no database'); process.exit(3)"]\n`;

const patch = ({ at, name }: Living, kind: string, object: string, spec: object) =>
  at.kubectl("-n", name, "patch", kind, object, "--type=merge", `--patch=${JSON.stringify(spec)}`);

const fetchNow = ({ at, name }: Living) =>
  at.kubectl(
    ...["-n", name, "annotate", "--overwrite", "gitrepository", name],
    `reconcile.fluxcd.io/requestedAt=${Date.now()}`,
  );

/** What Flux shows GitHub before it is made another. */
const passwords = new Map<string, string>();

/** What goes wrong with one project. */
export const FAULTS: readonly Fault[] = [
  {
    name: "crash-loop",
    told: /The application keeps crashing/,
    within: 60,
    inflict: (of) =>
      changeFile(of, "Ask for a database", DEPLOYMENT, (text) => text.replace(CONTAINERS, CONTAINERS + CRASHES)),
    mend: async (of) => changeFile(of, "Ask for none", DEPLOYMENT, (text) => text.replace(CRASHES, "")),
  },
  {
    name: "init-fails",
    told: /The init container migrate keeps failing/,
    within: 60,
    inflict: (of) =>
      changeFile(of, "Migrate first", DEPLOYMENT, (text) => {
        const [, image = ""] = /^ {10}image: (.+)$/m.exec(text) ?? [];
        const init = `      initContainers:\n        - name: migrate\n          image: ${image}\n${CRASHES}`;
        return text.replace(CONTAINERS, init + CONTAINERS);
      }),
    mend: (of) =>
      changeFile(of, "Migrate later", DEPLOYMENT, (text) => text.replace(/ {6}initContainers:\n(?: {8}.*\n)+/, "")),
  },
  {
    name: "scaled-by-hand",
    told: /is scaled to 0 pods[\s\S]*set that in the cluster, for example with kubectl scale/,
    within: 60,
    inflict: async ({ at, name }) => {
      await at.kubectl("-n", name, "scale", "deployment", name, "--replicas=0");
    },
    mend: async ({ at, name }) => {
      await at.kubectl("-n", name, "scale", "deployment", name, "--replicas=1");
    },
  },
  {
    name: "namespace-deleted",
    told: /The namespace \S+ (is gone|is being removed)/,
    within: 60,
    inflict: async ({ at, name }) => {
      await at.kubectl("delete", "namespace", name, "--wait=false");
    },
  },
  {
    name: "source-suspended",
    told: /Flux’s \S+ \S+ is suspended[\s\S]*kubectl-patch suspended it/,
    within: 60,
    inflict: async (of) => {
      await patch(of, "gitrepository", of.name, { spec: { suspend: true } });
    },
    mend: async (of) => {
      await patch(of, "gitrepository", of.name, { spec: { suspend: false } });
    },
  },
  {
    name: "credentials-refused",
    told: /Flux cannot fetch the repository/,
    within: 60,
    inflict: async (of) => {
      const { at, name } = of;
      const password = await at.kubectl(
        "-n",
        name,
        "get",
        "secret",
        "git-credentials",
        "-o",
        "jsonpath={.data.password}",
      );
      passwords.set(name, password);
      await patch(of, "secret", "git-credentials", { stringData: { password: "revoked" } });
      await fetchNow(of);
    },
    mend: async (of) => {
      await patch(of, "secret", "git-credentials", { data: { password: passwords.get(of.name) } });
      await fetchNow(of);
    },
  },
  {
    name: "class-nginx",
    told: /has no route|answers .*404/,
    within: 90,
    inflict: (of) =>
      changeFile(of, "Serve by nginx", INGRESS, (text) =>
        text.replace(/^spec:\n(?: {2}ingressClassName: .*\n)?/m, "spec:\n  ingressClassName: nginx\n"),
      ),
    mend: (of) =>
      changeFile(of, "Serve by Traefik", INGRESS, (text) =>
        text.replace("  ingressClassName: nginx\n", "  ingressClassName: traefik\n"),
      ),
  },
];

const ROLE = "traefik-kube-system";
let role = "";

/** What goes wrong with all of them at once: one after the other. */
export const CLUSTER_FAULTS: readonly Fault[] = [
  {
    name: "ports-closed",
    told: /Port 80 is blocked from outside/,
    within: 90,
    inflict: async ({ at }) => {
      await at.testbed("firewall", "close", "80");
    },
    mend: async ({ at }) => {
      await at.testbed("firewall", "open", "80");
    },
  },
  {
    name: "traefik-without-role",
    told: /has no route|answers .*404/,
    within: 90,
    inflict: async ({ at }) => {
      const { kind, apiVersion, metadata, rules } = JSON.parse(
        await at.kubectl("get", "clusterrole", ROLE, "-o", "json"),
      );
      role = JSON.stringify({ kind, apiVersion, metadata: { name: metadata.name }, rules });
      await at.kubectl("delete", "clusterrole", ROLE);
      await at.kubectl("-n", "kube-system", "rollout", "restart", "deployment", "traefik");
    },
    mend: async ({ at, work }) => {
      const file = join(work, "traefik.json");
      await writeFile(file, role);
      await at.kubectl("apply", "-f", file);
    },
  },
];

import { describe, expect, test } from "vitest";
import { deployment, WIDGET_DEFINITION, widget } from "../../../contract/objects.ts";
import { kubectlOf, whyNoKubectl, withoutKubectl } from "../kubectl.ts";
import { startServer } from "./start-server.ts";

describe.skipIf(withoutKubectl)(`kubectl${whyNoKubectl}`, () => {
  test("defines, applies, explains, waits, gets, describes, labels, scales and deletes", async () => {
    const { kubectl, calls } = await startWithKubectl();
    await kubectl(["create", "-f", "-"], WIDGET_DEFINITION);
    const established = await kubectl(["wait", "--for=condition=Established", "crd/widgets.contract.slipway.dev"]);
    expect(established).toContain("condition met");
    expect(await kubectl(["apply", "-f", "-"], widget("w", { color: "red" }))).toContain(
      "widget.contract.slipway.dev/w created",
    );
    expect(await kubectl(["apply", "-f", "-"], widget("w", { color: "red" }))).toContain("unchanged");
    expect(await kubectl(["apply", "-f", "-"], widget("w", { color: "green" }))).toContain("configured");
    expect(await kubectl(["get", "wd"])).toMatch(/^NAME +COLOR +READY +AGE\nw +green +\d+s\n$/);
    expect(await kubectl(["explain", "widgets.spec"])).toContain("enum: red, green");
    const invalid = await kubectl(["apply", "-f", "-"], widget("x", { color: "blue" }));
    expect(invalid).toContain('The Widget "x" is invalid: spec.color: Unsupported value: "blue"');
    await kubectl(["apply", "--server-side", "-f", "-"], deployment("d", 2));
    expect(await kubectl(["get", "deploy"])).toMatch(
      /^NAME +READY +UP-TO-DATE +AVAILABLE +AGE\nd +0\/2 +0 +0 +\d+s\n$/,
    );
    expect(await kubectl(["label", "deploy", "d", "a=b"])).toContain("labeled");
    expect(await kubectl(["scale", "deploy", "d", "--replicas=3"])).toContain("scaled");
    expect(await kubectl(["describe", "deploy", "d"])).toContain("3 desired");
    expect(await kubectl(["delete", "deploy", "d"])).toContain('deployment.apps "d" deleted');
    expect(calls.filter(({ covered }) => !covered)).toEqual([]);
  }, 180_000);
});

describe.skipIf(withoutKubectl)(`kubectl's own objects, which it sends in protobuf${whyNoKubectl}`, () => {
  test("creates namespaces, secrets, roles, deployments and tokens, and asks what it may", async () => {
    const { kubectl, store } = await startWithKubectl();
    const at = ["-n", "own"];
    await kubectl(["create", "namespace", "own"]);
    await kubectl([...at, "create", "secret", "generic", "s", "--from-literal=a=b"]);
    await kubectl([...at, "create", "serviceaccount", "bot"]);
    await kubectl([...at, "create", "role", "r", "--verb=get,list", "--resource=pods"]);
    await kubectl([...at, "create", "rolebinding", "b", "--role=r", "--serviceaccount=own:bot"]);
    await kubectl([...at, "create", "deployment", "d", "--image=app:1", "--replicas=0", "--port=80"]);
    const get = (apiVersion: string, kind: string, name: string) =>
      store.get({ apiVersion, kind, namespace: "own", name });
    expect(get("v1", "Secret", "s")).toMatchObject({ type: "Opaque", data: { a: "Yg==" } });
    expect(get("rbac.authorization.k8s.io/v1", "Role", "r")?.rules).toEqual([
      { apiGroups: [""], resources: ["pods"], verbs: ["get", "list"] },
    ]);
    expect(get("apps/v1", "Deployment", "d")?.spec).toMatchObject({
      replicas: 0,
      template: { spec: { containers: [{ name: "app", image: "app:1", ports: [{ containerPort: 80 }] }] } },
    });
    const asBot = ["--as", "system:serviceaccount:own:bot"];
    expect(await kubectl([...at, "auth", "can-i", "list", "pods", ...asBot])).toBe("yes\n");
    expect(await kubectl([...at, "auth", "can-i", "list", "secrets", ...asBot])).toContain("no\n");
    expect((await kubectl([...at, "create", "token", "bot"])).split(".")).toHaveLength(3);
  }, 180_000);
});

async function startWithKubectl() {
  const started = await startServer();
  return { ...started, kubectl: await kubectlOf(started.server.kubeconfig()) };
}

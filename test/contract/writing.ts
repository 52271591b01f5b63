import { describe, expect, test } from "vitest";
import { type Connection, PATCH } from "./connection.ts";
import { fixture } from "./fixture.ts";
import { configMap, deployment, widget } from "./objects.ts";

export function writing(connect: () => Promise<Connection>): void {
  describe("writing", () => {
    const at = fixture(connect);
    const send: Connection["send"] = (...args) => at.server.send(...args);

    test("a new object has an identity, defaults and a first generation", async () => {
      const { status, body } = await send("POST", `${at.apps}/deployments`, { body: deployment("fresh", 1) });
      expect(status).toBe(201);
      expect(body.metadata).toMatchObject({ name: "fresh", namespace: at.namespace, generation: 1 });
      expect(body.metadata.uid).toMatch(/^[0-9a-f-]{36}$/);
      expect(body.metadata.creationTimestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      expect(body.spec).toMatchObject({
        strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "25%", maxSurge: "25%" } },
        revisionHistoryLimit: 10,
        progressDeadlineSeconds: 600,
        template: {
          spec: {
            containers: [
              {
                imagePullPolicy: "IfNotPresent",
                terminationMessagePath: "/dev/termination-log",
                terminationMessagePolicy: "File",
                resources: {},
                ports: [{ containerPort: 80, protocol: "TCP" }],
              },
            ],
            restartPolicy: "Always",
            dnsPolicy: "ClusterFirst",
            schedulerName: "default-scheduler",
            terminationGracePeriodSeconds: 30,
            securityContext: {},
          },
        },
      });
    });

    test("generation counts changes of spec, not of labels or status", async () => {
      const path = `${at.widgets}/counted`;
      await send("POST", at.widgets, { body: widget("counted", { color: "red" }) });
      const labelled = await send("PATCH", path, { body: { metadata: { labels: { a: "b" } } }, type: PATCH.merge });
      expect(labelled.body.metadata.generation).toBe(1);
      const status = await send("PATCH", `${path}/status`, { body: { status: { phase: "Up" } }, type: PATCH.merge });
      expect(status.body).toMatchObject({ status: { phase: "Up" }, metadata: { generation: 1 } });
      const changed = await send("PATCH", path, { body: { spec: { color: "green" } }, type: PATCH.merge });
      expect(changed.body.metadata.generation).toBe(2);
    });

    test("spec cannot be changed through status, nor status through the object", async () => {
      const path = `${at.widgets}/apart`;
      await send("POST", at.widgets, { body: { ...widget("apart", { color: "red" }), status: { phase: "Lost" } } });
      const body = { spec: { color: "green" }, status: { phase: "Up" } };
      const main = await send("PATCH", path, { body, type: PATCH.merge });
      expect(main.body.status).toBeUndefined();
      const status = await send("PATCH", `${path}/status`, {
        body: { spec: { color: "red" }, status: { phase: "Up" } },
        type: PATCH.merge,
      });
      expect(status.body).toMatchObject({ spec: { color: "green" }, status: { phase: "Up" } });
      const again = await send("PATCH", path, { body: { status: { phase: "Down" } }, type: PATCH.merge });
      expect(again.body).toMatchObject({ status: { phase: "Up" } });
    });

    test("an update from an old version is a Conflict", async () => {
      const path = `${at.core}/configmaps/stale`;
      const { body } = await send("POST", `${at.core}/configmaps`, { body: configMap("stale", { a: "1" }) });
      await send("PUT", path, { body: { ...body, data: { a: "2" } } });
      const reply = await send("PUT", path, { body: { ...body, data: { a: "3" } } });
      expect(reply.status).toBe(409);
      expect(reply.body).toMatchObject({
        reason: "Conflict",
        message:
          'Operation cannot be fulfilled on configmaps "stale": the object has been modified; please apply your changes to the latest version and try again',
        details: { name: "stale", kind: "configmaps" },
      });
    });

    test("an update meant for another object of the name is a Conflict", async () => {
      const path = `${at.core}/configmaps`;
      const { body } = await send("POST", path, { body: configMap("other-uid") });
      const reply = await send("PUT", `${path}/other-uid`, { body: configMap("other-uid", {}, { uid: "x" }) });
      expect([reply.status, reply.body.reason]).toEqual([409, "Conflict"]);
      expect(reply.body.message).toMatch(
        /StorageError: invalid object, Code: 4, Key: \/registry\/configmaps\/[^/]+\/other-uid, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed/,
      );
      const why = `Precondition failed: UID in precondition: x, UID in object meta: ${body.metadata.uid}`;
      expect(reply.body.message).toContain(why);
    });

    test("merge, strategic and JSON patches", async () => {
      const path = `${at.apps}/deployments/patched`;
      await send("POST", `${at.apps}/deployments`, {
        body: deployment("patched", 1, { env: [{ name: "A", value: "1" }] }),
      });
      const merged = await send("PATCH", path, {
        body: { spec: { replicas: 2 }, metadata: { labels: { a: "b" } } },
        type: PATCH.merge,
      });
      expect(merged.body).toMatchObject({ spec: { replicas: 2 }, metadata: { labels: { a: "b" } } });
      const containers = [
        { name: "app", env: [{ name: "B", value: "2" }] },
        { name: "side", image: "side:1" },
      ];
      const strategic = await send("PATCH", path, {
        body: { spec: { template: { spec: { containers } } } },
        type: PATCH.strategic,
      });
      const [app, side] = strategic.body.spec.template.spec.containers;
      expect([app.image, app.env, side.name]).toEqual([
        "app:1",
        expect.arrayContaining([
          { name: "A", value: "1" },
          { name: "B", value: "2" },
        ]),
        "side",
      ]);
      const removed = await send("PATCH", path, {
        body: { spec: { template: { spec: { containers: [{ name: "side", $patch: "delete" }] } } } },
        type: PATCH.strategic,
      });
      expect(removed.body.spec.template.spec.containers).toHaveLength(1);
      const json = await send("PATCH", path, {
        body: [
          { op: "test", path: "/spec/replicas", value: 2 },
          { op: "replace", path: "/spec/replicas", value: 3 },
          { op: "remove", path: "/metadata/labels/a" },
        ],
        type: PATCH.json,
      });
      expect(json.body.spec.replicas).toBe(3);
      expect(json.body.metadata.labels).toBeUndefined();
    });

    test("a JSON patch that does not fit is refused without saying why", async () => {
      await send("POST", `${at.core}/configmaps`, { body: configMap("unfit") });
      const body = [{ op: "test", path: "/data/a", value: "1" }];
      const reply = await send("PATCH", `${at.core}/configmaps/unfit`, { body, type: PATCH.json });
      expect(reply.status).toBe(422);
      expect(reply.body.message).toBe("the server rejected our request due to an error in our request");
    });

    test("custom objects take no strategic patch", async () => {
      await send("POST", at.widgets, { body: widget("plain", { color: "red" }) });
      const reply = await send("PATCH", `${at.widgets}/plain`, { body: {}, type: PATCH.strategic });
      expect(reply.status).toBe(415);
      expect(reply.body.message).toBe(
        "the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml",
      );
    });

    test("scale is replicas alone", async () => {
      await send("POST", `${at.apps}/deployments`, { body: deployment("scaled", 1) });
      const path = `${at.apps}/deployments/scaled/scale`;
      const before = await send("GET", path);
      expect(before.body).toMatchObject({
        kind: "Scale",
        apiVersion: "autoscaling/v1",
        spec: { replicas: 1 },
        status: { selector: "app=scaled" },
      });
      const after = await send("PATCH", path, { body: { spec: { replicas: 4 } }, type: PATCH.merge });
      expect(after.body.spec.replicas).toBe(4);
    });

    test("a dry run answers and keeps nothing", async () => {
      const made = await send("POST", `${at.core}/configmaps?dryRun=All`, { body: configMap("dry") });
      expect(made.status).toBe(201);
      expect((await send("GET", `${at.core}/configmaps/dry`)).status).toBe(404);
      const applied = `${at.core}/configmaps/dry?fieldManager=one&dryRun=All`;
      expect((await send("PATCH", applied, { body: configMap("dry"), type: PATCH.apply })).status).toBe(201);
      expect((await send("GET", `${at.core}/configmaps/dry`)).status).toBe(404);
      const { body } = await send("POST", `${at.core}/configmaps`, { body: configMap("wet", { a: "1" }) });
      const wet = `${at.core}/configmaps/wet?dryRun=All`;
      expect((await send("PATCH", wet, { body: { data: { a: "2" } }, type: PATCH.merge })).body.data).toEqual({
        a: "2",
      });
      expect((await send("DELETE", wet)).status).toBe(200);
      expect((await send("GET", `${at.core}/configmaps/wet`)).body).toEqual(body);
    });

    test("names are generated", async () => {
      const { body } = await send("POST", `${at.core}/configmaps`, { body: { metadata: { generateName: "gen-" } } });
      expect(body.metadata.name).toMatch(/^gen-[a-z0-9]{5}$/);
    });

    test("unknown fields are warned about, or refused when asked", async () => {
      const body = { ...deployment("unknown", 1), spec: { ...deployment("unknown", 1).spec, foo: 1 } };
      const warned = await send("POST", `${at.apps}/deployments?dryRun=All`, { body });
      expect(warned.status).toBe(201);
      expect(warned.warnings.join()).toContain('299 - "unknown field \\"spec.foo\\""');
      const strict = await send("POST", `${at.apps}/deployments?fieldValidation=Strict`, { body });
      expect(strict.status).toBe(400);
      expect(strict.body.message).toBe(
        'Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "spec.foo"',
      );
    });

    test.each([
      [
        "a number for a string",
        { env: [{ name: "A", value: 8888 }] },
        "number",
        "EnvVar.spec.template.spec.containers.env.value",
        "string",
      ],
      [
        "a string for a number",
        { ports: [{ containerPort: "80" }] },
        "string",
        "ContainerPort.spec.template.spec.containers.ports.containerPort",
        "int32",
      ],
      ["a boolean for a string", { image: true }, "bool", "Container.spec.template.spec.containers.image", "string"],
    ])("%s cannot be read", async (_, container, actual, field, type) => {
      const { status, body } = await send("POST", `${at.apps}/deployments`, {
        body: deployment("typed", 1, container),
      });
      expect(status).toBe(400);
      expect(body.message).toBe(
        `Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal ${actual} into Go struct field ${field} of type ${type}`,
      );
    });

    test.each([
      [
        "no selector match",
        "Deployment",
        () => ({
          ...deployment("bad", 1),
          spec: { ...deployment("bad", 1).spec, selector: { matchLabels: { a: "c" } } },
        }),
        'Deployment.apps "bad" is invalid: spec.template.metadata.labels: Invalid value: {"app":"bad"}: `selector` does not match template `labels`',
      ],
      [
        "a bad container",
        "Deployment",
        () => deployment("bad", 1, { name: "C_x", image: "", volumeMounts: [{ name: "no", mountPath: "/x" }] }),
        `Deployment.apps "bad" is invalid: [spec.template.spec.containers[0].name: Invalid value: "C_x": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?'), spec.template.spec.containers[0].image: Required value, spec.template.spec.containers[0].volumeMounts[0].name: Not found: "no"]`,
      ],
      [
        "a bad label",
        "ConfigMap",
        () => configMap("bad", {}, { labels: { "a b": "c" } }),
        `ConfigMap "bad" is invalid: metadata.labels: Invalid value: "a b": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')`,
      ],
      [
        "a bad name",
        "ConfigMap",
        () => configMap("Bad_Name"),
        `ConfigMap "Bad_Name" is invalid: metadata.name: Invalid value: "Bad_Name": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')`,
      ],
    ])("%s is Invalid", async (_, kind, body, message) => {
      const path = kind === "Deployment" ? `${at.apps}/deployments` : `${at.core}/configmaps`;
      const reply = await send("POST", path, { body: body() });
      expect([reply.status, reply.body.message]).toEqual([422, message]);
      expect(reply.body.details.causes.length).toBeGreaterThan(0);
    });

    test("a pull secret must hold JSON", async () => {
      const body = { metadata: { name: "pull" }, type: "kubernetes.io/dockerconfigjson", data: {} };
      const reply = await send("POST", `${at.core}/secrets`, { body });
      expect(reply.body.message).toBe('Secret "pull" is invalid: data[.dockerconfigjson]: Required value');
    });

    test("what is there already, what is not, and where nothing is", async () => {
      const path = `${at.core}/configmaps`;
      await send("POST", path, { body: configMap("there") });
      const again = await send("POST", path, { body: configMap("there") });
      expect([again.status, again.body.reason, again.body.message]).toEqual([
        409,
        "AlreadyExists",
        'configmaps "there" already exists',
      ]);
      const missing = await send("GET", `${at.apps}/deployments/nope`);
      expect(missing.body).toMatchObject({
        reason: "NotFound",
        message: 'deployments.apps "nope" not found',
        details: { name: "nope", group: "apps", kind: "deployments" },
        code: 404,
      });
      const nowhere = await send("POST", "/api/v1/namespaces/contract-nowhere/configmaps", { body: configMap("x") });
      expect([nowhere.status, nowhere.body.message]).toEqual([404, 'namespaces "contract-nowhere" not found']);
      expect((await send("GET", "/apis/no.such.group/v1/things")).status).toBe(404);
    });

    test("a body that contradicts its URL is refused", async () => {
      const path = `${at.core}/configmaps`;
      const elsewhere = await send("POST", path, { body: configMap("x", {}, { namespace: "other" }) });
      expect([elsewhere.status, elsewhere.body.message]).toEqual([
        400,
        "the namespace of the provided object does not match the namespace sent on the request",
      ]);
      await send("POST", path, { body: configMap("named") });
      const renamed = await send("PUT", `${path}/named`, { body: configMap("other") });
      expect(renamed.body.message).toBe("the name of the object (other) does not match the name on the URL (named)");
    });

    test("a deletion is answered with what went", async () => {
      const { body } = await send("POST", `${at.core}/configmaps`, { body: configMap("going") });
      const wrong = await send("DELETE", `${at.core}/configmaps/going`, { body: { preconditions: { uid: "x" } } });
      expect(wrong.body.message).toBe(
        `Operation cannot be fulfilled on ConfigMap "going": the UID in the precondition (x) does not match the UID in record (${body.metadata.uid}). The object might have been deleted and then recreated`,
      );
      const old = { preconditions: { resourceVersion: "1" } };
      const stale = await send("DELETE", `${at.core}/configmaps/going`, { body: old });
      expect(stale.body.message).toBe(
        `Operation cannot be fulfilled on ConfigMap "going": the ResourceVersion in the precondition (1) does not match the ResourceVersion in record (${body.metadata.resourceVersion}). The object might have been modified`,
      );
      const gone = await send("DELETE", `${at.core}/configmaps/going`);
      expect(gone.body).toMatchObject({
        kind: "Status",
        status: "Success",
        details: { name: "going", kind: "configmaps", uid: body.metadata.uid },
      });
    });
  });
}

import type { KubeObject } from "../../store.ts";
import type { Control } from "../control.ts";
import type { Cluster } from "../runtime/cluster.ts";
import { refOf } from "../runtime/key.ts";
import { timestamp } from "../runtime/timestamp.ts";
import { ownerReference } from "../workloads/deployment.ts";
import { SAFE_LETTERS } from "../workloads/pod-template.ts";
import { parseCertificate } from "./certificate.ts";
import type { Chain } from "./chain.ts";
import { CHALLENGE_FINALIZER } from "./challenge-finalizer.ts";
import { refusedName } from "./refused-name.ts";
import { solveChallenge } from "./solve-challenge.ts";
import { storeIssued } from "./store-issued.ts";
import type { WhyIssue } from "./why-issue.ts";

const ACME = "https://acme-v02.api.letsencrypt.org";
/** What Let's Encrypt takes to answer a request. */
const STEP_MILLISECONDS = 700;

/** When it is asked for again whether the issuer is there now. */
const ISSUER_MILLISECONDS = 10_000;

/** `superseded`: the Certificate was changed or removed meanwhile. */
export type Issued = "issued" | "failed" | "superseded";

/**
 * One issuance: key, CertificateRequest, Order, a Challenge a name, Secret.
 * https://cert-manager.io/docs/concepts/acme-orders-challenges/; words recorded in test/fixtures/cluster.
 */
export async function issueCertificate(
  cluster: Cluster,
  control: Control,
  chain: Chain,
  object: KubeObject,
  why: WhyIssue,
): Promise<Issued> {
  const { store, world, signal } = cluster;
  const { spec, status } = parseCertificate(object);
  const { name, namespace } = object.metadata;
  const observed = { observedGeneration: object.metadata.generation };
  const { reason, message, ready } = why;
  chain.condition(object, { type: "Ready", status: "False", ...ready, ...observed });
  chain.condition(object, { type: "Issuing", status: "True", reason, message, ...observed });
  chain.tell(object, "cert-manager-certificates-trigger", "Issuing", message);
  const key = `${name}-${world.random.text(5, SAFE_LETTERS)}`;
  chain.status(object, { nextPrivateKeySecretName: key });
  chain.tell(
    object,
    "cert-manager-certificates-key-manager",
    "Generated",
    `Stored new private key in temporary Secret resource "${key}"`,
  );
  const request = createRequest();
  const approved = "Certificate request has been approved by cert-manager.io";
  chain.condition(request, { type: "Approved", status: "True", reason: "cert-manager.io", message: approved });
  chain.tell(request, "cert-manager-certificaterequests-approver", "cert-manager.io", approved);

  if (!issuer()) {
    const { kind, name: issuerName } = spec.issuerRef;
    const message = `Referenced "${kind}" not found: ${kind.toLowerCase()}.cert-manager.io "${issuerName}" not found`;
    chain.condition(request, { type: "Ready", status: "False", reason: "Pending", message });
    chain.tell(request, "cert-manager-certificaterequests-issuer-acme", "IssuerNotFound", message);
    // The same request is taken up once there is one.
    do {
      await world.clock.sleep(ISSUER_MILLISECONDS, signal);
      if (superseded()) return "superseded";
    } while (!issuer());
  }
  const order = createOrder(request);
  chain.tell(
    request,
    "cert-manager-certificaterequests-issuer-acme",
    "OrderCreated",
    `Created Order resource ${namespace}/${order.metadata.name}`,
  );
  await world.clock.sleep(STEP_MILLISECONDS, signal);
  const refused = spec.dnsNames.map(refusedName).find((why) => why !== undefined);
  if (refused !== undefined) {
    return fail(request, order, "errored", `Failed to create Order: ${refused}`);
  }
  chain.status(order, { state: "pending", url: `${ACME}/acme/order/1/${world.random.text(12, "0123456789")}` });
  chain.condition(request, {
    type: "Ready",
    status: "False",
    reason: "Pending",
    message: `Waiting on certificate issuance from order ${namespace}/${order.metadata.name}: "pending"`,
  });
  const failures = await Promise.all(spec.dnsNames.map((host) => challenge(order, host)));
  if (superseded()) return "superseded";
  if (failures.some((failure) => failure !== undefined)) {
    return fail(request, order, "invalid", "");
  }
  chain.status(order, { state: "valid" });
  chain.tell(order, "cert-manager-orders", "Complete", "Order completed successfully");
  await world.clock.sleep(STEP_MILLISECONDS, signal);
  storeIssued(cluster, chain, object, request);
  return "issued";

  function issuer(): KubeObject | undefined {
    const { kind, name } = spec.issuerRef;
    return store.get({
      apiVersion: "cert-manager.io/v1",
      kind,
      name,
      ...(kind === "ClusterIssuer" ? {} : { namespace }),
    });
  }

  function superseded(): boolean {
    const now = store.get(refOf(object))?.metadata;
    return now?.uid !== object.metadata.uid || now?.generation !== object.metadata.generation;
  }

  function createRequest(): KubeObject {
    const revision = status.revision + 1 + (status.failedIssuanceAttempts ?? 0);
    const made = `${name}-${revision}`;
    const old = { apiVersion: "cert-manager.io/v1", kind: "CertificateRequest", namespace, name: made };
    if (store.get(old)) {
      store.delete(old);
    }
    const created = store.create({
      ...old,
      metadata: {
        name: made,
        namespace,
        annotations: {
          "cert-manager.io/certificate-name": name,
          "cert-manager.io/certificate-revision": String(revision),
          "cert-manager.io/private-key-secret-name": key,
        },
        ownerReferences: [ownerReference(object)],
      },
      spec: {
        issuerRef: { ...spec.issuerRef },
        request: Buffer.from(`certificate request of the sandbox for ${spec.dnsNames.join(", ")}`).toString("base64"),
        usages: ["digital signature", "key encipherment"],
      },
    });
    const component = "cert-manager-certificates-request-manager";
    chain.tell(object, component, "Requested", `Created new CertificateRequest resource "${made}"`);
    return created;
  }

  function createOrder(owner: KubeObject): KubeObject {
    return store.create({
      apiVersion: "acme.cert-manager.io/v1",
      kind: "Order",
      metadata: {
        name: `${owner.metadata.name}-${world.random.text(10, "123456789")}`,
        namespace,
        annotations: owner.metadata.annotations,
        ownerReferences: [ownerReference(owner)],
      },
      spec: { issuerRef: { ...spec.issuerRef }, dnsNames: spec.dnsNames, request: "c2FuZGJveA==" },
    });
  }

  async function challenge(owner: KubeObject, host: string): Promise<string | undefined> {
    const token = world.random.text(43);
    const proof = `${token}.${world.random.text(43)}`;
    const made = store.create({
      apiVersion: "acme.cert-manager.io/v1",
      kind: "Challenge",
      metadata: {
        name: `${owner.metadata.name}-${world.random.text(10, "123456789")}`,
        namespace,
        finalizers: [CHALLENGE_FINALIZER],
        ownerReferences: [ownerReference(owner)],
      },
      spec: {
        authorizationURL: `${ACME}/acme/authz/1/${world.random.text(12, "0123456789")}`,
        dnsName: host,
        issuerRef: { ...spec.issuerRef },
        key: proof,
        solver: { http01: { ingress: { ingressClassName: "traefik" } } },
        token,
        type: "HTTP-01",
        url: `${ACME}/acme/chall/1/${world.random.text(12, "0123456789")}`,
        wildcard: false,
      },
    });
    const told = `Created Challenge resource "${made.metadata.name}" for domain "${host}"`;
    chain.tell(owner, "cert-manager-orders", "Created", told);
    const failure = await solveChallenge(cluster, control, chain, made, { host, token, key: proof });
    if (failure === undefined && store.get(refOf(made))) {
      store.delete(refOf(made));
    }
    return failure;
  }

  function fail(request: KubeObject, order: KubeObject, state: "invalid" | "errored", reason: string): Issued {
    const at = timestamp(world.clock.now());
    chain.status(order, { state, failureTime: at, ...(reason === "" ? {} : { reason }) });
    const waited = `Failed to wait for order resource "${order.metadata.name}" to become ready: order is in "${state}" state: ${reason}`;
    chain.status(request, { failureTime: at });
    chain.condition(request, { type: "Ready", status: "False", reason: "Failed", message: waited });
    chain.tell(request, "cert-manager-certificaterequests-issuer-acme", "OrderFailed", waited, "Warning");
    const message = `The certificate request has failed to complete and will be retried: ${waited}`;
    chain.condition(object, { type: "Issuing", status: "False", reason: "Failed", message, ...observed });
    chain.status(object, {
      lastFailureTime: at,
      failedIssuanceAttempts: (status.failedIssuanceAttempts ?? 0) + 1,
    });
    chain.tell(object, "cert-manager-certificates-issuing", "Failed", message, "Warning");
    return "failed";
  }
}

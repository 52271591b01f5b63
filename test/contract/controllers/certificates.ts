import { beforeAll, describe, expect, test } from "vitest";
import type { Reply } from "../connection.ts";
import { conditionsOf, scene } from "./scene.ts";
import type { Site } from "./site.ts";

const like = (pattern: RegExp) => expect.stringMatching(pattern);
const ISSUERS = "/apis/cert-manager.io/v1/clusterissuers";
const CASES = ["good", "unset", "nobody", "closed", "issuer", "more", "shared"] as const;

export function certificates(site: () => Site): void {
  describe("cert-manager", () => {
    const at = scene(site);
    const named: Partial<Record<(typeof CASES)[number], string>> = {};
    const of = (name: (typeof CASES)[number]) => named[name] ?? "";
    const host = (name: (typeof CASES)[number]) => `${name}.${at.id}.test`;

    const issuerToCome = () => `issuer-${at.id}`;
    const ask = (name: (typeof CASES)[number], issuer = "letsencrypt-prod") =>
      at.make(
        "Ingress",
        of(name),
        "app",
        {
          spec: {
            ingressClassName: "traefik",
            tls: [{ hosts: [host(name)], secretName: "app-tls" }],
            rules: [
              {
                host: host(name),
                http: {
                  paths: [
                    { path: "/", pathType: "Prefix", backend: { service: { name: "app", port: { number: 80 } } } },
                  ],
                },
              },
            ],
          },
        },
        { annotations: { "cert-manager.io/cluster-issuer": issuer } },
      );
    const certificateOf = (name: (typeof CASES)[number]) => at.conditions("Certificate", of(name), "app-tls");
    const first = async (kind: string, name: (typeof CASES)[number]): Promise<Reply["body"]> =>
      (await at.list(kind, of(name)))[0] ?? {};
    const requestOf = async (name: (typeof CASES)[number]) => conditionsOf(await first("CertificateRequest", name));
    const stateOf = async (kind: string, name: (typeof CASES)[number]) => (await first(kind, name)).status ?? {};
    const issued = { Ready: "True Ready: Certificate is up to date and has not expired" };

    beforeAll(async () => {
      for (const name of CASES) named[name] = await at.namespace(name);
      await at.site.dns.set(host("good"), at.site.dns.node);
      await at.site.dns.set(host("issuer"), at.site.dns.node);
      await at.site.dns.set(host("nobody"), at.site.dns.nobody);
      await at.site.dns.set(host("closed"), at.site.dns.node);
      await at.site.dns.unset(host("unset"));
      await ask("good");
      await ask("unset");
      await ask("nobody");
      await ask("issuer", issuerToCome());
      return async () => {
        for (const name of CASES) await at.site.dns.unset(host(name));
      };
    });

    test("makes a Certificate of an Ingress's annotation, and says that it is being issued", async () => {
      await at.see(() => certificateOf("nobody"), {
        Ready: "False DoesNotExist: Issuing certificate as Secret does not exist",
        Issuing: "True DoesNotExist: Issuing certificate as Secret does not exist",
      });
      const { spec, metadata } = await at.get("Certificate", of("nobody"), "app-tls");
      expect(spec).toMatchObject({
        dnsNames: [host("nobody")],
        secretName: "app-tls",
        issuerRef: { kind: "ClusterIssuer", name: "letsencrypt-prod" },
      });
      expect(metadata.ownerReferences).toMatchObject([{ kind: "Ingress", name: "app", controller: true }]);
      expect((await at.events(of("nobody"))).filter((line) => line.includes("UpdateCertificate"))).toEqual([]);
    });

    test("leaves a Certificate to the Ingress that has it, and does nothing for one that names a Secret twice", async () => {
      await ask("shared");
      await at.see(
        async () => (await at.list("Certificate", of("shared"))).map(({ metadata }) => metadata.name),
        ["app-tls"],
      );
      const entry = (secretName: string, ...hosts: string[]) => ({ secretName, hosts });
      const beside = (name: string, tls: object[]) =>
        at.make(
          "Ingress",
          of("shared"),
          name,
          { spec: { ingressClassName: "traefik", tls, rules: [{ host: `${name}.${at.id}.test` }] } },
          { annotations: { "cert-manager.io/cluster-issuer": "letsencrypt-prod" } },
        );
      await beside("second", [entry("app-tls", `second.${at.id}.test`), entry("own-tls", `own.${at.id}.test`)]);
      await beside("twice", [entry("twice-tls", `a.${at.id}.test`), entry("twice-tls", `b.${at.id}.test`)]);
      await at.see(
        async () => (await at.events(of("shared"))).filter((line) => line.includes("BadConfig")),
        [like(/must only appear in a single TLS entry but is also used in spec\.tls\[1\]\.secretName/)],
      );
      const names = async () => (await at.list("Certificate", of("shared"))).map(({ metadata }) => metadata.name);
      await at.see(async () => (await names()).toSorted(), ["app-tls", "own-tls"]);
      const { spec, metadata } = await at.get("Certificate", of("shared"), "app-tls");
      expect(spec.dnsNames).toEqual([host("shared")]);
      expect(metadata.ownerReferences).toMatchObject([{ name: "app" }]);
    });

    test("goes from Certificate to CertificateRequest, Order and Challenge, and to a certificate that Traefik shows", async () => {
      await at.see(() => certificateOf("good"), issued);
      await at.see(async () => Object.keys(await certificateOf("good")), ["Ready"]);
      expect(await requestOf("good")).toEqual({
        Approved: "True cert-manager.io: Certificate request has been approved by cert-manager.io",
        Ready: "True Issued: Certificate fetched from issuer successfully",
      });
      expect(await stateOf("Order", "good")).toMatchObject({ state: "valid" });
      await at.see(() => at.list("Challenge", of("good")), []);
      const { status } = await at.get("Certificate", of("good"), "app-tls");
      expect(status).toMatchObject({ revision: 1, notAfter: like(/Z$/), renewalTime: like(/Z$/) });
      expect(await at.get("Secret", of("good"), "app-tls")).toMatchObject({
        type: "kubernetes.io/tls",
        data: { "tls.crt": like(/./), "tls.key": like(/./) },
      });
      await at.hear(
        () => at.events(of("good")),
        /^Normal CreateCertificate Ingress: Successfully created Certificate "app-tls"$/,
        /^Normal Issuing Certificate: Issuing certificate as Secret does not exist$/,
        /^Normal Generated Certificate: Stored new private key in temporary Secret resource "app-tls-\w+"$/,
        /^Normal Requested Certificate: Created new CertificateRequest resource "app-tls-1"$/,
        /^Normal OrderCreated CertificateRequest: Created Order resource \S+\/app-tls-1-\d+$/,
        /^Normal CertificateIssued CertificateRequest: Certificate fetched from issuer successfully$/,
        /^Normal Created Order: Created Challenge resource "app-tls-1-\d+-\d+" for domain "good\.\S+"$/,
        /^Normal Complete Order: Order completed successfully$/,
        /^Normal Started Challenge: Challenge scheduled for processing$/,
        /^Normal Presented Challenge: Presented challenge using HTTP-01 challenge mechanism$/,
        /^Normal DomainVerified Challenge: Domain "good\.\S+" verified with "HTTP-01" validation$/,
        /^Normal Issuing Certificate: The certificate has been successfully issued$/,
      );
      await at.see(async () => ({ names: (await at.site.outside.certificate(host("good"))).subjectAltName }), {
        names: `DNS:${host("good")}`,
      });
    });

    test("has an issuer that says that it is registered", async () => {
      const issuer = await at.site.server.send("GET", `${ISSUERS}/letsencrypt-prod`);
      expect(conditionsOf(issuer.body)).toEqual({
        Ready: "True ACMEAccountRegistered: The ACME account was registered with the ACME server",
      });
    });

    test("waits for an issuer that is not there, and goes on with the same request when it comes", async () => {
      const name = issuerToCome();
      await at.see(() => requestOf("issuer"), {
        Approved: like(/^True cert-manager\.io: /),
        Ready: `False Pending: Referenced "ClusterIssuer" not found: clusterissuer.cert-manager.io "${name}" not found`,
      });
      expect(await at.list("Order", of("issuer"))).toEqual([]);
      const asked = (await first("CertificateRequest", "issuer")).metadata?.uid;

      const { send } = at.site.server;
      const { spec } = (await send("GET", `${ISSUERS}/letsencrypt-prod`)).body;
      const acme = { ...spec?.acme, privateKeySecretRef: { name } };
      const body = { apiVersion: "cert-manager.io/v1", kind: "ClusterIssuer", metadata: { name }, spec: { acme } };
      await send("POST", ISSUERS, { body });
      try {
        await at.see(() => certificateOf("issuer"), issued);
        const requests = await at.list("CertificateRequest", of("issuer"));
        expect(requests.map(({ metadata }) => metadata?.uid)).toEqual([asked]);
      } finally {
        await send("DELETE", `${ISSUERS}/${name}`);
      }
    });

    test("waits while the name is not in the DNS, or is somebody else's, and says so; set right, it goes on", async () => {
      const pending = (words: string) => ({
        state: "pending",
        presented: true,
        processing: true,
        reason: like(
          new RegExp(
            `^Waiting for HTTP-01 challenge propagation: failed to perform self check GET request '[^']+': Get "[^"]+": ${words}$`,
          ),
        ),
      });
      await at.see(
        () => stateOf("Challenge", "unset"),
        pending("dial tcp: lookup unset\\.\\S+ on [\\d.]+:53: no such host"),
      );
      await at.see(() => stateOf("Challenge", "nobody"), pending("dial tcp [\\d.]+:80: connect: no route to host"));
      for (const name of ["unset", "nobody"] as const) {
        expect(await stateOf("Order", name)).toMatchObject({ state: "pending" });
        expect(await requestOf(name)).toMatchObject({
          Ready: like(/^False Pending: Waiting on certificate issuance from order \S+\/app-tls-1-\d+: "pending"$/),
        });
        expect((await first("Challenge", name)).spec).toMatchObject({ type: "HTTP-01", dnsName: host(name) });
        await at.site.dns.set(host(name), at.site.dns.node);
      }
      for (const name of ["unset", "nobody"] as const) await at.see(() => certificateOf(name), issued);
    });

    test("issues anew when the names change, and keeps what it has until then", async () => {
      const [first, second] = [host("more"), `second-${host("more")}`];
      await at.site.dns.set(first, at.site.dns.node);
      await at.site.dns.unset(second);
      await ask("more");
      await at.see(() => certificateOf("more"), issued);
      const shown = async () => ({ names: (await at.site.outside.certificate(first)).subjectAltName });
      await at.see(shown, { names: `DNS:${first}` });
      const before = (await at.get("Secret", of("more"), "app-tls")).data;

      const tls = [{ hosts: [first, second], secretName: "app-tls" }];
      await at.change("Ingress", of("more"), "app", { spec: { tls } });
      const changed = "RequestChanged: Fields on existing CertificateRequest resource not up to date: [spec.dnsNames]";
      await at.see(() => certificateOf("more"), { Ready: `False ${changed}`, Issuing: `True ${changed}` });
      await at.see(
        async () => (await at.list("Challenge", of("more"))).map(({ spec }) => spec.dnsName),
        expect.arrayContaining([second]),
      );
      expect((await at.get("Secret", of("more"), "app-tls")).data).toEqual(before);
      expect(await shown()).toEqual({ names: `DNS:${first}` });

      await at.site.dns.set(second, at.site.dns.node);
      await at.see(() => certificateOf("more"), issued);
      await at.see(shown, { names: [first, second].map((name) => `DNS:${name}`).join(", ") });
      expect((await at.get("Certificate", of("more"), "app-tls")).status.revision).toBe(2);
      await at.hear(
        () => at.events(of("more")),
        /^Normal UpdateCertificate Ingress: Successfully updated Certificate "app-tls"$/,
        /^Normal Issuing Certificate: Fields on existing CertificateRequest resource not up to date: \[spec\.dnsNames\]$/,
        /^Normal Requested Certificate: Created new CertificateRequest resource "app-tls-2"$/,
      );
      await at.site.dns.unset(second);
    });

    test("makes a Secret again that somebody has deleted", async () => {
      await at.remove("Secret", of("good"), "app-tls");
      await at.see(() => at.get("Certificate", of("good"), "app-tls"), { status: { revision: 2 } });
      await at.see(() => certificateOf("good"), issued);
      expect((await at.get("Secret", of("good"), "app-tls")).type).toBe("kubernetes.io/tls");
    });

    test("fails where port 80 is closed to the ACME server, and is issued once it is open and asked for anew", async () => {
      await at.site.firewall.close(80);
      try {
        await ask("closed");
        await at.see(() => stateOf("Challenge", "closed"), {
          state: "invalid",
          reason: like(
            /^Error accepting authorization: acme: authorization error for closed\.\S+: 400 urn:ietf:params:acme:error:connection: /,
          ),
        });
        await at.see(() => certificateOf("closed"), {
          Ready: like(/^False DoesNotExist: /),
          Issuing: like(
            /^False Failed: The certificate request has failed to complete and will be retried: Failed to wait for order resource "app-tls-1-\d+" to become ready: order is in "invalid" state: /,
          ),
        });
      } finally {
        await at.site.firewall.open(80);
      }
      expect(await stateOf("Order", "closed")).toMatchObject({ state: "invalid", failureTime: like(/Z$/) });
      expect(await requestOf("closed")).toMatchObject({
        Ready: like(/^False Failed: Failed to wait for order resource /),
      });
      expect((await at.get("Certificate", of("closed"), "app-tls")).status).toMatchObject({
        failedIssuanceAttempts: 1,
      });
      await at.hear(
        () => at.events(of("closed")),
        /^Warning Failed Challenge: Accepting challenge authorization failed: acme: authorization error for closed\./,
        /^Warning OrderFailed CertificateRequest: Failed to wait for order resource "app-tls-1-\d+" to become ready: order is in "invalid" state: /,
        /^Warning Failed Certificate: The certificate request has failed to complete and will be retried: /,
      );
      await at.remove("Certificate", of("closed"), "app-tls");
      await at.see(() => certificateOf("closed"), issued);
    });
  });
}

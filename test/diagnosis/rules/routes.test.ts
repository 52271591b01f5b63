import { describe, expect, test } from "vitest";
import { ingressMissing } from "../../../src/diagnosis/rules/ingress-missing.ts";
import type { KubeObject } from "../../../src/project/ports/cluster.ts";
import type { LedgerEntry } from "../../../src/project/project.ts";
import { codes, judged } from "../../builders/judged.ts";
import { condition, ingressObject, kustomization } from "../../builders/objects.ts";
import { NOW } from "../../builders/project.ts";
import { ofKind, recorded } from "../../builders/recorded.ts";
import { said } from "../../builders/said.ts";
import { ownedBy } from "../../builders/workloads.ts";

describe("ingress-missing", () => {
  const applied = (given: { generation?: number; inventory?: object; conditions?: object[] } = {}): KubeObject => ({
    ...kustomization([], given.generation),
    status: {
      observedGeneration: 1,
      inventory: given.inventory ?? { entries: [{ id: "rrr_rrr_apps_Deployment" }] },
      conditions: given.conditions ?? [],
    },
  });
  const wild = ingressObject({ host: "*.example.com" });

  test.each<[string, KubeObject[], string[]]>([
    ["no Ingress", [applied()], ["fail ingress-missing"]],
    ["an Ingress of another host", [applied(), ingressObject({ host: "x.example.com" })], ["fail ingress-missing"]],
    ["an Ingress of the host", [applied(), ingressObject()], []],
    ["an Ingress of a wildcard", [applied(), wild], []],
    ["nothing yet: not applied", [kustomization([])], []],
    ["nothing yet: the newest is not looked at", [applied({ generation: 2 })], []],
    [
      "nothing: Flux could not apply it, which is the cause",
      [applied({ conditions: [condition("Ready", "False", "BuildFailed")] })],
      ["fail flux-build-failed"],
    ],
    ["nothing at all", [], []],
  ])("%s", (_, objects, wanted) => expect(codes({ here: { objects } })).toEqual(wanted));

  test("names the hosts that there are routes for, and waits for Traefik and Flux to catch up", () => {
    const objects = [
      applied(),
      ingressObject({ host: "x.example.com" }),
      { ...wild, spec: { rules: [{ host: "*.example.net" }] } },
    ];
    expect(judged({ rules: [ingressMissing], here: { objects } }).findings).toMatchObject([
      {
        subject: "environment/production/host/rrr.example.com",
        stage: "ingress",
        confirm: { milliseconds: 20_000 },
        evidence: "Ingress for x.example.com, *.example.net",
        params: { host: "rrr.example.com", hosts: "x.example.com, *.example.net", environment: "production" },
      },
    ]);
    expect(judged({ rules: [ingressMissing], here: { objects: [applied()] } }).findings).toMatchObject([
      { evidence: "no Ingress", params: { hosts: "" } },
    ]);
  });
});

describe("namespace-gone", () => {
  const made: LedgerEntry = { kind: "Namespace", name: "rrr", id: "u1", state: "made", at: NOW.toISOString() };
  const stands = (uid: string, deletionTimestamp?: string): KubeObject => ({
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name: "rrr", uid, ...(deletionTimestamp === undefined ? {} : { deletionTimestamp }) },
  });

  test.each<[string, KubeObject[], LedgerEntry[], string[]]>([
    ["stands", [stands("u1")], [made], []],
    ["is gone", [], [made], ["fail namespace-gone"]],
    ["is on its way out", [stands("u1", NOW.toISOString())], [made], ["fail namespace-gone"]],
    ["was made anew and is empty yet", [stands("u2")], [made], ["fail namespace-gone"]],
    ["is not made yet", [], [], []],
    ["was about to be made", [], [{ ...made, state: "intended" }], []],
    ["was removed by us", [], [{ ...made, state: "removed" }], []],
    ["was noted without its id", [], [{ kind: "Namespace", name: "rrr", state: "made", at: NOW.toISOString() }], []],
    ["of another environment is gone", [stands("u1")], [made, { ...made, name: "rrr-staging" }], []],
  ])("%s", (_, objects, ledger, wanted) => expect(codes({ here: { objects }, status: { ledger } })).toEqual(wanted));

  test("says whether it is still going", () => {
    const params = (objects: KubeObject[]) =>
      judged({ here: { objects }, status: { ledger: [made] } }).findings[0]?.params;
    expect(params([])).toEqual({ namespace: "rrr", environment: "production", going: "" });
    expect(params([stands("u1", NOW.toISOString())])).toMatchObject({ going: "yes" });
  });

  test("is the cause of what cannot be fetched or reached without it", () => {
    const source: KubeObject = {
      apiVersion: "source.toolkit.fluxcd.io/v1",
      kind: "GitRepository",
      metadata: { name: "rrr", namespace: "rrr", generation: 1 },
      status: { conditions: [condition("Ready", "False", "GitOperationFailed", "not found")] },
    };
    const applied = { ...kustomization([]), status: { observedGeneration: 1, inventory: { entries: [] } } };
    const objects = [source, applied];
    expect(codes({ here: { objects } })).toEqual(["warn flux-source-failed", "fail ingress-missing"]);
    expect(codes({ here: { objects }, status: { ledger: [made] } })).toEqual(["fail namespace-gone"]);
  });
});

describe("a certificate's challenge", () => {
  const link = (kind: string, name: string, of?: KubeObject, rest: object = {}): KubeObject => ({
    apiVersion: "x",
    kind,
    metadata: { name, namespace: "rrr", uid: `uid-${name}`, ...(of ? { ownerReferences: ownedBy(of) } : {}) },
    ...rest,
  });
  const challenged = (state: string, given: { ready?: "True"; reason?: string; host?: string } = {}) => {
    const { host = "rrr.example.com", reason = "wrong status code '404', expected '200'" } = given;
    const certificate = link("Certificate", "rrr-tls", undefined, {
      spec: { issuerRef: { name: "letsencrypt-prod" }, dnsNames: [host] },
      status: { conditions: [condition("Ready", given.ready ?? "False", "x")] },
    });
    const request = link("CertificateRequest", "rrr-tls-1", certificate);
    const order = link("Order", "rrr-tls-1-2", request);
    const challenge = link("Challenge", "c", order, {
      spec: { type: "HTTP-01", dnsName: host },
      status: { state, reason },
    });
    return [certificate, request, order, challenge];
  };

  test.each<[string, KubeObject[], string[]]>([
    ["as a real cert-manager said it: refused", recorded("challenge-failed"), ["fail cert-challenge-failed"]],
    [
      "as a real cert-manager said it: one that waits for its name, and none of two others",
      recorded("certificates"),
      ["warn cert-challenge-waits"],
    ],
    ["not taken up yet", challenged("", { reason: "" }), []],
    ["pending, and nothing said against it", challenged("pending", { reason: "" }), []],
    ["pending, and cert-manager's own look fails", challenged("pending"), ["warn cert-challenge-waits"]],
    ["passed", challenged("valid", { reason: "Successfully authorized domain" }), []],
    ["invalid", challenged("invalid"), ["fail cert-challenge-failed"]],
    ["expired", challenged("expired"), ["fail cert-challenge-failed"]],
    ["errored", challenged("errored"), ["fail cert-challenge-failed"]],
    ["invalid once, of a certificate that is there", challenged("invalid", { ready: "True" }), []],
    ["pending, of a certificate that is there and is renewed", challenged("pending", { ready: "True" }), []],
  ])("%s", (_, objects, wanted) => expect(codes({ here: { objects } })).toEqual(wanted));

  test("is told of its host and issuer, one for each name", () => {
    const second = challenged("invalid", { host: "www.example.com" });
    expect(judged({ here: { objects: challenged("invalid") } }).findings).toMatchObject([
      {
        subject: "Certificate/rrr/rrr.example.com",
        stage: "certificate",
        evidence: "wrong status code '404', expected '200'",
        params: { host: "rrr.example.com", issuer: "letsencrypt-prod" },
      },
    ]);
    expect(judged({ here: { objects: second } }).findings).toMatchObject([
      { subject: "Certificate/rrr/www.example.com", params: { host: "www.example.com" } },
    ]);
  });

  test("keeps of a long reason its end, where the cause is", () => {
    const reason = `Error accepting authorization: ${"acme: more of it, ".repeat(30)}no valid A records found for rrr.example.com`;
    const [found] = judged({ here: { objects: challenged("invalid", { reason }) } }).findings;
    expect(found?.evidence).toMatch(/^Error accepting authorization.*no valid A records found for rrr\.example\.com$/);
  });

  describe("of several hosts", () => {
    const [A, B] = ["rrr.example.com", "www.rrr.example.com"];
    const certificate = (name: string, hosts: string[], lacking: string[]) => {
      const own = link("Certificate", name, undefined, {
        spec: { issuerRef: { name: "letsencrypt-prod" }, dnsNames: hosts, secretName: "rrr-tls" },
        status: {
          conditions: [condition("Ready", hosts.some((host) => lacking.includes(host)) ? "False" : "True", "x")],
        },
      });
      const request = link("CertificateRequest", `${name}-1`, own);
      const order = link("Order", `${name}-1-2`, request);
      const challenges = hosts.map((host) =>
        link("Challenge", `${name}-${host}`, order, {
          spec: { type: "HTTP-01", dnsName: host },
          status: lacking.includes(host)
            ? { state: "pending", reason: `wrong status code '404' for ${host}` }
            : { state: "valid", reason: "Successfully authorized domain" },
        }),
      );
      return [own, request, order, ...challenges];
    };
    const shapes: Record<string, (lacking: string[]) => KubeObject[]> = {
      "one Certificate for both": (lacking) => certificate("rrr-tls", [A, B], lacking),
      "one each": (lacking) => [...certificate("rrr-tls", [A], lacking), ...certificate("www-tls", [B], lacking)],
      // Of two Ingresses that name one Secret cert-manager makes one Certificate: that of whichever came first.
      // https://github.com/cert-manager/cert-manager/issues/1520
      "a Secret that two Ingresses share": (lacking) => certificate("rrr-tls", [A], lacking),
    };
    const all = Object.entries(shapes).flatMap(([name, of]) =>
      [[], [A], [B], [A, B]].map((lacking) => [name, lacking.join(" and ") || "none", lacking, of] as const),
    );

    test.each(all)("%s, where %s lacks DNS: each that lacks it is told by name, and no other", (_, __, lacking, of) => {
      const objects = of(lacking);
      const asked = objects.filter(({ kind }) => kind === "Challenge").length;
      const { findings } = judged({ here: { objects } });
      expect(findings.map(({ code, params }) => [code, params.host])).toEqual(
        lacking.filter((host) => host === A || asked > 1).map((host) => ["cert-challenge-waits", host]),
      );
      expect(new Set(findings.map(({ subject }) => subject)).size).toBe(findings.length);
    });
  });

  describe("that is not for a host that is served from its Secret", () => {
    const [A, B] = ["rrr.example.com", "www.example.com"];
    type Tls = { hosts: string[]; secretName?: string }[];
    const serving = (name: string, tls: Tls, given: { asks?: false } = {}): KubeObject => ({
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata: {
        ...{ name, namespace: "rrr", uid: `uid-${name}` },
        annotations: given.asks === false ? {} : { "cert-manager.io/cluster-issuer": "letsencrypt-prod" },
      },
      spec: { tls, rules: [] },
    });
    const filling = (secretName: string, dnsNames: string[], of?: KubeObject, ready: "True" | "False" = "True") =>
      link("Certificate", secretName, of, {
        spec: { issuerRef: { name: "letsencrypt-prod" }, dnsNames, secretName },
        status: { conditions: [condition("Ready", ready, "x")] },
      });
    const of = (secretName: string, ...hosts: string[]) => ({ secretName, hosts });
    const web = serving("web", [of("t", A)]);
    const www = serving("www", [of("t", B)]);

    test.each<[string, KubeObject[], [string, string][]]>([
      ["two Ingresses name one Secret", [web, www, filling("t", [A], web)], [[B, "shared"]]],
      ["the same, the second one first", [web, www, filling("t", [B], www)], [[A, "shared"]]],
      ["the same before it is issued", [web, www, filling("t", [A], web, "False")], [[B, "shared"]]],
      [
        "two Ingresses name one Secret for the same host",
        [web, serving("w", [of("t", A)]), filling("t", [A], web)],
        [],
      ],
      ["one Ingress, two hosts in one entry", [serving("web", [of("t", A, B)]), filling("t", [A, B])], []],
      [
        "one host was added to it by hand",
        [serving("web", [of("t", A, B)], { asks: false }), filling("t", [A])],
        [[B, ""]],
      ],
      [
        "two entries with a Secret each",
        [serving("web", [of("t", A), of("u", B)]), filling("t", [A]), filling("u", [B])],
        [],
      ],
      [
        "two entries with a Secret each, one of them for another name",
        [serving("web", [of("t", A), of("u", B)]), filling("t", [A]), filling("u", ["x.example.com"])],
        [[B, ""]],
      ],
      [
        "two entries with one Secret",
        [serving("web", [of("t", A), of("t", B)])],
        [
          [A, "twice"],
          [B, "twice"],
        ],
      ],
      [
        "two entries with one Secret since",
        [serving("web", [of("t", A), of("t", B)]), filling("t", [A])],
        [[B, "twice"]],
      ],
      ["a wildcard", [serving("web", [of("t", A, B)]), filling("t", ["*.example.com"])], []],
      [
        "a wildcard covers one label",
        [serving("web", [of("t", "a.b.example.com", "example.com")]), filling("t", ["*.example.com"])],
        [
          ["a.b.example.com", ""],
          ["example.com", ""],
        ],
      ],
      ["a name in capitals", [serving("web", [of("t", "RRR.example.com")]), filling("t", [A])], []],
      [
        "another Secret's certificate is for it: Traefik shows whichever fits",
        [serving("web", [of("t", A, B), of("u", "*.example.com")]), filling("t", [A]), filling("u", ["*.example.com"])],
        [],
      ],
      ["a Secret of somebody's own", [serving("web", [of("own", A)], { asks: false })], []],
      ["a Secret that is not there yet", [serving("web", [of("t", A)])], []],
      ["no Secret", [serving("web", [{ hosts: [A] }])], []],
    ])("%s", (_, objects, wanted) => {
      const { findings } = judged({ here: { objects } });
      const told = findings.filter(({ code }) => code === "cert-host-missing");
      expect(told.map(({ params }) => [params.host, params.why])).toEqual(wanted);
      expect(told.map(({ subject }) => subject)).toEqual(wanted.map(([host]) => `Certificate/rrr/${host}`));
    });

    test("is told in words by that host, whose Ingress it is, and what it is for", () => {
      const [found] = judged({ here: { objects: [web, www, filling("t", [A], web)] } }).findings;
      expect([said(found).title, said(found).cause]).toEqual([
        `The certificate does not cover ${B}`,
        `The Ingress www takes the certificate for ${B} from the Secret t, which another Ingress also uses. cert-manager follows that Ingress, so the certificate covers only ${A}.`,
      ]);
      expect(found).toMatchObject({ severity: "warn", confirm: { milliseconds: 30_000 } });
      expect(found).not.toHaveProperty("stage");
    });
  });

  test("that waits is told only once that has lasted: the first looks come before a route is taken up", () => {
    expect(judged({ here: { objects: challenged("pending") } }).findings).toMatchObject([
      { code: "cert-challenge-waits", confirm: { milliseconds: 45_000 } },
    ]);
    expect(judged({ here: { objects: challenged("pending") } }).findings[0]).not.toHaveProperty("stage");
  });

  test("of nobody's certificate is nobody's trouble", () => {
    expect(codes({ here: { objects: ofKind(challenged("invalid"), "Challenge") } })).toEqual([]);
  });
});

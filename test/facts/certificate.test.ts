import { describe, expect, test } from "vitest";
import { certificateOf } from "../../src/facts/certificate.ts";
import type { KubeObject } from "../../src/project/ports/cluster.ts";
import { ofKind, recorded } from "../builders/recorded.ts";
import { ownedBy } from "../builders/workloads.ts";

function read(objects: KubeObject[]) {
  const chain = {
    requests: ofKind(objects, "CertificateRequest"),
    orders: ofKind(objects, "Order"),
    challenges: ofKind(objects, "Challenge"),
  };
  return ofKind(objects, "Certificate").map((each) => certificateOf(each, chain));
}

const link = (kind: string, name: string, of: KubeObject | undefined, rest: object = {}): KubeObject => ({
  apiVersion: "x",
  kind,
  metadata: { name, namespace: "rrr", uid: `uid-${name}`, ...(of ? { ownerReferences: ownedBy(of) } : {}) },
  ...rest,
});

describe("a Certificate", () => {
  test("as a real cert-manager had it: issued, without an issuer, and before anybody could prove the name", () => {
    const found = read(recorded("certificates"));
    expect(
      found.map(({ name, ready, requests, orders, challenges }) => [
        name,
        ready,
        requests.map(({ reason }) => reason),
        orders.map(({ state }) => state),
        challenges.map(({ state }) => state),
      ]),
    ).toEqual([
      ["nodns-tls", false, ["Pending"], ["pending"], ["pending"]],
      ["noissuer-tls", false, ["Pending"], [], []],
      ["web-tls", true, ["Issued"], ["valid"], []],
    ]);
    expect(found.map(({ notAfter }) => notAfter !== undefined)).toEqual([false, false, true]);
  });

  test("as a real cert-manager had it when the name could not be validated", () => {
    expect(read(recorded("challenge-failed"))).toMatchObject([
      {
        hosts: ["record.rrr.test"],
        ready: false,
        orders: [{ state: "invalid" }],
        challenges: [{ host: "record.rrr.test", state: "invalid", reason: expect.stringContaining("400 urn:ietf") }],
      },
    ]);
  });

  test("has the chain that is its own, newest request first", () => {
    const own = link("Certificate", "rrr-tls", undefined, { spec: { dnsNames: ["rrr.example.com"] } });
    const other = link("Certificate", "other-tls", undefined, { spec: { dnsNames: ["x.example.com"] } });
    const request = (name: string, of: KubeObject, at: string) => {
      const made = link("CertificateRequest", name, of);
      return { ...made, metadata: { ...made.metadata, creationTimestamp: at } };
    };
    const first = request("rrr-tls-1", own, "2026-03-01T10:00:00Z");
    const second = request("rrr-tls-2", own, "2026-03-01T11:00:00Z");
    const theirs = request("other-tls-1", other, "2026-03-01T12:00:00Z");
    const order = link("Order", "o", second, { status: { state: "pending" } });
    const foreign = link("Order", "f", theirs, { status: { state: "invalid" } });
    const challenge = (name: string, of: KubeObject, status: object, dnsName = "rrr.example.com") =>
      link("Challenge", name, of, { spec: { type: "DNS-01", dnsName }, status });
    const [found, beside] = read([
      own,
      other,
      first,
      second,
      theirs,
      order,
      foreign,
      challenge("a", order, {}),
      challenge("b", foreign, { state: "invalid", reason: "no" }, "x.example.com"),
    ]);
    expect(found).toMatchObject({
      requests: [{ name: "rrr-tls-2", ready: "Unknown" }, { name: "rrr-tls-1" }],
      orders: [{ name: "o", state: "pending", reason: "" }],
      challenges: [{ host: "rrr.example.com", type: "DNS-01", state: "", reason: "" }],
    });
    expect(beside?.challenges).toMatchObject([{ state: "invalid" }]);
  });

  describe("whose names change while an order is under way", () => {
    const own = (...dnsNames: string[]) => link("Certificate", "rrr-tls", undefined, { spec: { dnsNames } });
    /** A request of that hour with its order, and a challenge for each of those hosts. */
    const asked = (certificate: KubeObject, hour: number, states: Record<string, string>) => {
      const request = link("CertificateRequest", `r${hour}`, certificate);
      request.metadata.creationTimestamp = `2026-03-01T${hour}:00:00Z`;
      const order = link("Order", `o${hour}`, request);
      const challenges = Object.entries(states).map(([dnsName, state]) =>
        link("Challenge", `c${hour}-${dnsName}`, order, { spec: { dnsName }, status: { state } }),
      );
      return [request, order, ...challenges];
    };
    const told = (...objects: KubeObject[]) =>
      read(objects)[0]?.challenges.map(({ host, state }) => `${host} ${state}`);
    const [A, B] = ["a.example.com", "b.example.com"];

    test.each<[string, KubeObject, [hour: number, states: Record<string, string>][], string[]]>([
      ["one name, one order", own(A), [[10, { [A]: "pending" }]], [`${A} pending`]],
      ["two names, one order", own(A, B), [[10, { [A]: "valid", [B]: "pending" }]], [`${A} valid`, `${B} pending`]],
      [
        "a name is added",
        own(A, B),
        [
          [10, { [A]: "invalid" }],
          [11, { [A]: "valid", [B]: "pending" }],
        ],
        [`${A} valid`, `${B} pending`],
      ],
      [
        "a name is added, and its order is not made yet",
        own(A, B),
        [
          [10, { [A]: "invalid" }],
          [11, {}],
        ],
        [],
      ],
      ["a name is taken away, and its order stands", own(A), [[10, { [A]: "valid", [B]: "invalid" }]], [`${A} valid`]],
      [
        "a name is taken away, and there is a new order",
        own(A),
        [
          [10, { [B]: "invalid" }],
          [11, { [A]: "pending" }],
        ],
        [`${A} pending`],
      ],
      ["a wildcard, by DNS", own("*.example.com"), [[10, { "example.com": "pending" }]], ["example.com pending"]],
    ])("tells of those that are wanted, by the newest request: %s", (_, certificate, requests, wanted) => {
      const all = requests.flatMap(([hour, states]) => asked(certificate, hour, states));
      expect(told(certificate, ...all)).toEqual(wanted);
      expect(told(certificate, ...all.toReversed())?.toSorted()).toEqual(wanted.toSorted());
    });
  });

  test("names who issues it: a namespace's issuer where it does not say", () => {
    const of = (issuerRef: object) => read([link("Certificate", "c", undefined, { spec: { issuerRef } })])[0];
    expect(of({ name: "letsencrypt-prod", kind: "ClusterIssuer" })).toMatchObject({
      issuer: "letsencrypt-prod",
      issuerKind: "ClusterIssuer",
    });
    expect(of({ name: "own" })).toMatchObject({ issuer: "own", issuerKind: "Issuer" });
  });
});

import { describe, expect, test } from "vitest";
import type { Container } from "../../src/facts/pod.ts";
import { podOf } from "../../src/facts/pod.ts";
import { isStranger, pullFailureOf } from "../../src/facts/pull-failure.ts";
import { ofKind, recorded } from "../builders/recorded.ts";

const TAG = "3f2a91c0aa11";
const image = `ghcr.io/acme/rrr:${TAG}`;
const waits = (message: string, reason = "ErrImagePull"): Container => ({
  ...{ name: "app", role: "app", image, ready: false, restarts: 0, last: undefined },
  state: { is: "waiting", reason, message },
});
const anonymous = `failed to pull and unpack image "${image}": failed to resolve reference "${image}": failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://ghcr.io/token?scope=repository%3Aacme%2Frrr%3Apull&service=ghcr.io: 401 Unauthorized`;

describe("a pull that fails", () => {
  test.each([
    ["image-missing", ["missing"]],
    ["image-platform", ["platform"]],
    ["image-unauthorized", ["unauthorized", "unauthorized"]],
    ["registry-unreachable", ["unreachable"]],
    ["container-crashing", [undefined]],
    ["config-missing", [undefined]],
    ["probes-failing", [undefined]],
    ["launch-ready", [undefined]],
  ])("as a real kubelet said it: %s", (name, wanted) => {
    expect(ofKind(recorded(name), "Pod").flatMap((each) => podOf(each).containers.map(pullFailureOf))).toEqual(wanted);
  });

  test.each([
    [
      `failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${image}: not found`,
      "missing",
    ],
    [anonymous, "unauthorized"],
    [
      `failed to pull and unpack image "${image}": failed to resolve reference "${image}": unexpected status from HEAD request to https://ghcr.io/v2/acme/rrr/manifests/${TAG}: 403 Forbidden`,
      "unauthorized",
    ],
    [
      "pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed",
      "unauthorized",
    ],
    [
      `failed to do request: Head "https://ghcr.io/v2/acme/rrr/manifests/${TAG}": dial tcp 20.205.243.164:443: i/o timeout`,
      "unreachable",
    ],
    [
      `failed to do request: Head "https://ghcr.io/v2/": dial tcp: lookup ghcr.io on 10.43.0.10:53: no such host`,
      "unreachable",
    ],
    [
      `failed to do request: Head "https://ghcr.io/v2/": dial tcp 198.18.0.1:403: connect: connection refused`,
      "unreachable",
    ],
    [
      'failed to do request: Head "https://ghcr.io/v2/": tls: failed to verify certificate: x509: certificate is valid for *.github.io, github.io, not ghcr.io',
      "tls",
    ],
    [`failed to pull and unpack image "${image}": no match for platform in manifest: not found`, "platform"],
    ["pulling from host ghcr.io failed with status code [manifests x]: 429 Too Many Requests", "unreachable"],
  ])("%s", (message, wanted) => {
    expect(pullFailureOf(waits(message))).toBe(wanted);
    expect(
      pullFailureOf(waits(`Back-off pulling image "${image}": ErrImagePull: ${message}`, "ImagePullBackOff")),
    ).toBe(wanted);
  });

  test.each([
    ["ghcr.io/acme/denied:403000000000", "not found", "missing"],
    ["ghcr.io/acme/certificate:401", "not found", "missing"],
    [
      "ghcr.io/acme/not-found:1",
      "unexpected status from HEAD request to https://ghcr.io/v2/acme/not-found/manifests/1: 403 Forbidden",
      "unauthorized",
    ],
    [
      "ghcr.io/acme/forbidden:1",
      "unexpected status from HEAD request to https://ghcr.io/v2/acme/forbidden/manifests/1: 503 Service Unavailable",
      "unreachable",
    ],
  ])("of %s is judged by what was said, not by its name", (named, said, wanted) => {
    const message = `failed to pull and unpack image "${named}": failed to resolve reference "${named}": ${named}: ${said}`;
    expect(pullFailureOf({ ...waits(message), image: named })).toBe(wanted);
  });

  test("is none where something else is waited for", () => {
    expect(pullFailureOf(waits("not found", "CreateContainerConfigError"))).toBeUndefined();
    expect(pullFailureOf({ ...waits(""), state: { is: "running" } })).toBeUndefined();
  });

  test("was asked for without the pull secret where the node asked for a token for nobody", () => {
    expect(isStranger(waits(anonymous))).toBe(true);
    expect(isStranger(waits("failed to fetch oauth token: unexpected status: 403 Forbidden"))).toBe(false);
  });
});

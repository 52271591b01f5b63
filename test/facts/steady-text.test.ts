import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { steadyText } from "../../src/facts/steady-text.ts";

/** What one try names anew. */
const passing = fc.record({
  temporary: fc.integer({ min: 1, max: 4_294_967_295 }),
  port: fc.integer({ min: 1024, max: 65_535 }),
  minutes: fc.integer({ min: 0, max: 59 }),
  seconds: fc.integer({ min: 0, max: 59 }),
  nanoseconds: fc.integer({ min: 1, max: 999_999_999 }).filter((each) => each % 10 !== 0),
});
type Passing = typeof passing extends fc.Arbitrary<infer T> ? T : never;

/** As Go prints one that was measured. https://pkg.go.dev/time#Duration.String */
function took({ minutes, seconds, nanoseconds }: Passing): string {
  const fraction = String(nanoseconds).padStart(9, "0").replace(/0+$/, "");
  if (minutes > 0) return `${minutes}m${seconds}.${fraction}s`;
  if (seconds > 0) return `${seconds}.${fraction}s`;
  return `${nanoseconds / 1_000_000}ms`;
}

function uuid(seed: number): string {
  const hex = seed.toString(16).padStart(8, "0");
  return `${hex}-1a2b-4c3d-8e9f-${hex}${hex.slice(0, 4)}`;
}

/** As Kubernetes makes names up. */
function random(seed: number): string {
  const letters = "bcdfghjklmnpqrstvwxz2456789";
  return [1, 27, 729, 19_683, 531_441].map((each) => letters[Math.floor(seed / each) % 27]).join("");
}

/** As real controllers said it, with what differs each time left open. */
const messages: Record<string, (passing: Passing) => string> = {
  "kustomize, of a file that is not there": ({ temporary }) =>
    `kustomize build failed: accumulating resources: accumulation err='accumulating resources from 'nope.yaml': open /tmp/kustomization-${temporary}/k8s/overlays/broken/nope.yaml: no such file or directory': must build at directory: not a valid directory: evalsymlink failure on '/tmp/kustomization-${temporary}/k8s/overlays/broken/nope.yaml'`,
  "Flux, of a path that is not there": ({ temporary }) =>
    `kustomization path not found: stat /tmp/kustomization-${temporary}/k8s/overlays/development: no such file or directory`,
  "Flux, of a path outside k8s/": ({ temporary }) =>
    `kustomization path not found: stat /tmp/kustomization-${temporary}/deploy: no such file or directory`,
  "source-controller, of a clone": ({ temporary }) =>
    `unable to clone: open /tmp/gitrepository-rrr-rrr-${temporary}/HEAD: no space left on device`,
  "Flux, of what does not get ready": (each) =>
    `health check failed after ${took(each)}: failed early due to stalled resources: [Deployment/rrr/web status: 'Failed']`,
  "a connection that was reset": ({ port }) =>
    `Get "https://github.com/acme/rrr/info/refs": read tcp 10.42.0.5:${port}->20.205.243.166:443: read: connection reset by peer`,
  "a name that nobody answered for": ({ port }) =>
    `dial tcp: lookup github.com on 10.43.0.10:53: read udp 10.42.0.9:${port}->10.43.0.10:53: i/o timeout`,
  "a certificate that is over": ({ minutes, seconds }) =>
    `x509: certificate has expired or is not yet valid: current time 2026-03-01T10:${String(minutes).padStart(2, "0")}:${String(seconds).padStart(2, "0")}Z is after 2026-02-01T00:00:00Z`,
  "a registry that numbers its requests": ({ temporary }) =>
    `api error AccessDeniedException: not authorized, RequestID: ${uuid(temporary)}, status 403`,
  "GitHub, which numbers them too": ({ temporary }) => `502 Bad Gateway, request id "E0F2:${temporary}:3A1:4"`,
  "a watch that is too old": ({ temporary, port }) => `too old resource version: ${temporary} (${temporary + port})`,
  "a write that came too late": ({ temporary }) =>
    `Operation cannot be fulfilled on deployments.apps "rrr": StorageError: invalid object, ResourceVersion: ${temporary}, UID in precondition: ${uuid(temporary)}`,
  "a pod that is refused": ({ temporary }) =>
    `pods "rrr-7d9f8b6c5d-${random(temporary)}" is forbidden: exceeded quota: team, requested: limits.cpu=1`,
  "a Job's pod that is refused": ({ temporary }) =>
    `pods "migrate-${random(temporary)}" is forbidden: exceeded quota: team`,
  "a pod that waits longer each time": ({ temporary, minutes, seconds }) =>
    `back-off ${minutes}m${seconds}s restarting failed container=app pod=rrr-7d9f8b6c5d-${random(temporary)}_rrr(${uuid(temporary)})`,
  "a connection over IPv6": ({ port }) => `write tcp [fd00::5]:${port}->[2606:50c0::1]:443: broken pipe`,
};

describe("an error's steady text", () => {
  test.each(Object.keys(messages))("is the same with each try: %s", (name) => {
    const message = messages[name] ?? expect.fail();
    fc.assert(
      fc.property(passing, passing, (one, other) => {
        expect(steadyText(message(one))).toBe(steadyText(message(other)));
      }),
    );
  });

  test.each([
    [
      "keeps where in the repository it was",
      messages["Flux, of a path that is not there"],
      "stat /k8s/overlays/development:",
    ],
    ["keeps what was connected to", messages["a connection that was reset"], "read tcp 20.205.243.166:443:"],
    ["keeps whom it was about", messages["Flux, of what does not get ready"], "Deployment/rrr/web status: 'Failed'"],
  ])("%s", (_, message, kept) => {
    expect(message?.({ temporary: 1, port: 40_000, minutes: 0, seconds: 0, nanoseconds: 87_312_155 })).toBeDefined();
    expect(
      steadyText(message?.({ temporary: 1, port: 40_000, minutes: 0, seconds: 0, nanoseconds: 87_312_155 }) ?? ""),
    ).toContain(kept);
  });

  test.each([
    "failed to do request: dial tcp 20.205.243.164:443: i/o timeout",
    "Source artifact not found, retrying in 30s",
    "timed out after 5m0s",
    'Head "http://198.18.0.1:7402/v2/app/manifests/nope": dial tcp 198.18.0.1:7402: connect: connection refused',
    "no match for platform in manifest: not found",
    "image ghcr.io/acme/rrr:1.5s was not found",
    'secret "rrr-tls-cert" not found',
    'pods "web-0" is forbidden: exceeded quota: team, requested: limits.cpu=1',
    'MountVolume failed for volume "pvc-5f3c2a1b-1a2b-4c3d-8e9f-5f3c2a1b0c0d": not found',
    "image ghcr.io/acme/rrr@sha256:3f2a91c0aa11b22c was not found",
    'Deployment.apps "guest-front-door" is invalid: spec.selector: field is immutable',
  ])("is what was said where that is the same each time: %s", (message) => expect(steadyText(message)).toBe(message));

  test("is its own steady text", () => {
    for (const message of Object.values(messages))
      fc.assert(
        fc.property(passing, (each) => {
          const once = steadyText(message(each));
          expect(steadyText(once)).toBe(once);
        }),
      );
  });
});

import type { KubeObject, Store } from "../../store.ts";
import { parseCertificate } from "./certificate.ts";

/** Why a certificate has to be issued. `ready`: where the one that there is, is not good either. */
export interface WhyIssue {
  reason: "DoesNotExist" | "IncorrectIssuer" | "RequestChanged" | "SecretMismatch";
  message: string;
  ready: { reason: string; message: string };
}

/**
 * Undefined where the Secret is what the Certificate asks for.
 * https://github.com/cert-manager/cert-manager/blob/v1.19.1/internal/controller/certificates/policies/checks.go
 */
export function whyIssue(store: Store, object: KubeObject): WhyIssue | undefined {
  const { namespace, name } = object.metadata;
  const { spec, status } = parseCertificate(object);
  const secret = store.get({ apiVersion: "v1", kind: "Secret", namespace, name: spec.secretName });
  if (!secret) {
    return both("DoesNotExist", "Issuing certificate as Secret does not exist");
  }
  const { annotations = {} } = secret.metadata;
  const issuer = [annotations["cert-manager.io/issuer-kind"], annotations["cert-manager.io/issuer-name"]];
  const incorrect = issuer[0] !== spec.issuerRef.kind || issuer[1] !== spec.issuerRef.name;
  const names = (annotations["cert-manager.io/alt-names"] ?? "").split(",");
  const renamed = names.toSorted().join() !== spec.dnsNames.toSorted().join();
  if (!incorrect && !renamed) {
    return undefined;
  }
  const request = `${name}-${status.revision}`;
  const asked = store.get({ apiVersion: "cert-manager.io/v1", kind: "CertificateRequest", namespace, name: request });
  const violations = [...(renamed ? ["spec.dnsNames"] : []), ...(incorrect ? ["spec.issuerRef"] : [])].join(" ");
  const changed = asked
    ? both("RequestChanged", `Fields on existing CertificateRequest resource not up to date: [${violations}]`)
    : both("SecretMismatch", `Existing issued Secret is not up to date for spec: [${violations}]`);
  return incorrect
    ? {
        ...changed,
        reason: "IncorrectIssuer",
        message: `Issuing certificate as Secret was previously issued by "${issuer[0]}.cert-manager.io/${issuer[1]}"`,
      }
    : changed;
}

function both(reason: WhyIssue["reason"], message: string): WhyIssue {
  return { reason, message, ready: { reason, message } };
}

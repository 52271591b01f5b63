import type { network as codes } from "../../../project/finding-params/network.ts";
import type { Params } from "../../../project/params.ts";
import { own } from "../../own.ts";
import type { FindingsWords } from "../../words.ts";
import { outcomes } from "../outcomes.ts";

/** Where each cloud keeps its firewall, and how a rule is written there. */
const RULES: Record<string, (p: Params) => string> = {
  tencent: (p) =>
    `Tencent Cloud: Console → Cloud Virtual Machine → Security Groups → the instance's group → Inbound rules → Add: protocol port TCP:${p.port}, source 0.0.0.0/0, allow.`,
  alibaba: (p) =>
    `Alibaba Cloud: Console → ECS → Security Groups → Inbound → Add: TCP, port range ${p.port}/${p.port}, source 0.0.0.0/0, allow.`,
  aws: (p) =>
    `AWS: EC2 → Security Groups → the instance's group → Edit inbound rules → Add: Custom TCP, port ${p.port}, source 0.0.0.0/0.`,
  google: (p) =>
    `Google Cloud: VPC network → Firewall → Create rule: ingress, source 0.0.0.0/0, tcp:${p.port}, the node's network tag.`,
  azure: (p) =>
    `Azure: the node's Network security group → Inbound security rules → Add: TCP, destination port ${p.port}, source Any, allow.`,
  hetzner: (p) => `Hetzner Cloud: Firewalls → the server's firewall → Inbound → Add: TCP, port ${p.port}, source any.`,
};

/** A person, or the program itself. */
const looker = (p: Params) => (p.vantage === "inside" ? "Slipway" : p.vantage);

const recordFor = (p: Params) =>
  p.type
    ? `At the DNS provider of ${p.host}, set: ${p.host} ${p.type} ${p.address}. If ${p.address} is a private address, use the public address that forwards to it.`
    : `At the DNS provider of ${p.host}, set a record for the cluster's public address.`;

/** https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/ */
const FROM_CDN: Record<string, { cause: string; fix: string }> = {
  "521": { cause: "the cluster refuses its connections", fix: "Allow the CDN's addresses on ports 80 and 443." },
  "522": { cause: "its connections to the cluster time out", fix: "Allow the CDN's addresses on ports 80 and 443." },
  "523": { cause: "it cannot reach the cluster", fix: "Check the origin's address at the CDN." },
  "524": {
    cause: "the application takes longer than the CDN waits",
    fix: "Answer faster, or do the work in the background.",
  },
  "525": {
    cause: "the TLS handshake with the cluster fails",
    fix: "Check the cluster's certificate.",
  },
  "526": {
    cause: "it rejects the cluster's certificate",
    fix: "Use a certificate that is valid for the host, or change the CDN's SSL mode.",
  },
  "530": { cause: "it cannot resolve the origin's name", fix: "Check the origin's name at the CDN." },
};

const GATEWAY: Record<string, { cause: string; fix: (p: Params) => string }> = {
  "502": {
    cause: "a pod is ready but does not accept the request",
    fix: (p) =>
      `Compare the Service's targetPort with the port that the application listens on: kubectl -n ${p.namespace} get services -o wide; kubectl -n ${p.namespace} logs deployment/<name>.`,
  },
  "503": {
    cause: "no pod is ready",
    fix: (p) =>
      `Check that pods are ready and that the Service selects them: kubectl -n ${p.namespace} get pods,endpointslices --show-labels.`,
  },
  "504": {
    cause: "the application does not answer in time",
    fix: (p) => `Check what it is doing: kubectl -n ${p.namespace} logs deployment/<name>.`,
  },
};

/** What stands behind the route. */
const BEHIND: Record<string, string> = {
  nobody: " Its Service has no ready pod.",
  "no-service": " The Service named in its Ingress does not exist.",
};

const nobodyReaches = (p: Params) => `Nobody can reach ${p.host}.`;

export const network: FindingsWords<keyof typeof codes> = {
  "port-blocked": {
    title: (p) => `Port ${p.port} is blocked from outside`,
    cause: (p) =>
      `${p.address}:${p.port} does not answer from outside, but answers from inside the cluster. A firewall or security group blocks it.`,
    impact: (p) => `The application runs, but nobody outside can reach ${p.host}.`,
    fix: (p) =>
      RULES[p.cloud ?? ""]?.(p) ?? `In the firewall of the node or its cloud, allow TCP ${p.port} from 0.0.0.0/0.`,
  },
  "ingress-missing": {
    title: (p) => `${p.host} has no route`,
    cause: (p) =>
      p.hosts
        ? `The manifests of ${p.environment} are applied. Their Ingress serves ${p.hosts}, not ${p.host}.`
        : `The manifests of ${p.environment} are applied, but contain no Ingress.`,
    impact: (p) => `Nobody can reach ${p.host}.`,
    fix: (p) => `Add a rule for ${p.host} to the Ingress in k8s/ and push.`,
  },
  "cert-challenge-waits": {
    title: (p) => `The certificate for ${p.host} is delayed`,
    cause: (p) => `cert-manager’s self-check of ${p.host} fails, so it does not ask ${p.issuer} for a certificate yet.`,
    impact: (p) => `HTTPS does not work for ${p.host}. This uses up none of the issuer’s attempts.`,
    fix: (p) => `Point the DNS record of ${p.host} at the cluster. cert-manager checks again every 10 s.`,
  },
  "cert-host-missing": {
    title: (p) => `The certificate does not cover ${p.host}`,
    cause: (p) =>
      p.why === "twice"
        ? `The Ingress ${p.ingress} names the Secret ${p.secret} in two tls entries, so cert-manager ignores it.`
        : p.why === "shared"
          ? `The Ingress ${p.ingress} takes the certificate for ${p.host} from the Secret ${p.secret}, which another Ingress also uses. cert-manager follows that Ingress, so the certificate covers only ${p.names}.`
          : `The Ingress ${p.ingress} takes the certificate for ${p.host} from the Secret ${p.secret}. That certificate covers only ${p.names}.`,
    impact: (p) =>
      p.names
        ? `Browsers show a warning for ${p.host}, and other clients refuse to connect.`
        : `No certificate is issued for ${p.host}.`,
    fix: (p) =>
      p.why === "twice"
        ? `In k8s/, list all hosts in one tls entry, or give each entry its own secretName. Then push.`
        : p.why === "shared"
          ? `In k8s/, give the Ingress ${p.ingress} its own secretName and push.`
          : `Add ${p.host} to the dnsNames of the Certificate, or give the Ingress its own secretName. Then push.`,
  },
  "port-refused": {
    title: (p) => `Nothing listens on port ${p.port}`,
    cause: (p) => `${p.address}:${p.port} refuses connections (seen from ${p.vantage}).`,
    impact: nobodyReaches,
    fix: () =>
      "An operator checks that the ingress controller runs and listens on that port. On k3s: kubectl -n kube-system get pods,services (traefik and svclb-traefik).",
  },
  "dns-missing": {
    title: (p) => `${p.host} has no DNS record`,
    cause: (p) => `${p.host} does not resolve to an address (seen from ${p.vantage}).`,
    impact: (p) => `Nobody can reach the application at ${p.host}.`,
    fix: recordFor,
  },
  "dns-elsewhere": {
    title: (p) => `${p.host} points elsewhere`,
    cause: (p) =>
      `${p.host} resolves to ${p.found}, and the application does not answer there. The cluster's address is ${p.address}.`,
    impact: nobodyReaches,
    fix: recordFor,
  },
  "tls-wrong-cert": {
    title: (p) => `${p.host} presents the wrong certificate`,
    cause: (p) =>
      p.own
        ? `The ingress controller presents its default certificate (${p.subject}), because it has none for ${p.host}.`
        : `The certificate is for ${p.subject || "another name"}, not for ${p.host}.`,
    impact: () => "Browsers warn every visitor, and other clients refuse to connect.",
    fix: (p) =>
      `Check that the certificate was issued and that spec.tls of the Ingress names its Secret: kubectl -n ${p.namespace} get certificates,secrets,ingresses.`,
  },
  "tls-expired": {
    title: (p) =>
      p.early ? `The certificate of ${p.host} is not valid yet` : `The certificate of ${p.host} has expired`,
    cause: (p) =>
      p.early
        ? `The certificate is not valid yet. Its issuer is ${p.issuer || "unknown"}.`
        : `The certificate, or its issuer's, expired on ${p.until || "an unknown date"}. Its issuer is ${p.issuer || "unknown"}.`,
    impact: () => "Browsers warn every visitor, and other clients refuse to connect.",
    fix: (p) =>
      p.early
        ? "An operator checks the clocks of the nodes and of the machine that issued it."
        : `Find out why it was not renewed: kubectl -n ${p.namespace} describe certificates.`,
  },
  "tls-untrusted": {
    title: (p) => `The certificate of ${p.host} is not trusted`,
    cause: (p) =>
      p.own
        ? "It is self-signed."
        : `It was issued by ${p.issuer || "an unknown issuer"}, which ${looker(p)} does not trust.`,
    impact: () => "Browsers that do not trust that issuer show a warning.",
    fix: (p) =>
      p.vantage === "inside"
        ? "If it is your own CA, an operator mounts the CA's certificate in Slipway's pod and sets NODE_EXTRA_CA_CERTS to its path. Otherwise use a public issuer such as Let's Encrypt."
        : `If it is your own CA, an operator sets NODE_EXTRA_CA_CERTS on ${p.vantage} to the path of its certificate. Otherwise use a public issuer such as Let's Encrypt.`,
  },
  "http-404-no-route": {
    title: (p) => `${p.host} has no route`,
    cause: (p) =>
      `The ingress controller answers 404 for ${p.host}, as it does for unknown hosts (seen from ${p.vantage}).${BEHIND[p.behind ?? ""] ?? ""}`,
    impact: nobodyReaches,
    fix: (p) =>
      p.behind
        ? `Check what the Ingress names and which pods are ready: kubectl -n ${p.namespace} get ingresses,services,endpointslices,pods --show-labels.`
        : `Check the class, host and paths of the Ingress: kubectl -n ${p.namespace} describe ingress; kubectl get ingressclasses. If they are right, an operator reads the ingress controller's log: it may lack permission to read Ingresses.`,
  },
  "http-502-503-504": {
    title: (p) => `${p.host} answers ${p.status}`,
    cause: (p) =>
      `The ingress controller or a load balancer answers ${p.status} instead of the application: ${own(GATEWAY, String(p.status))?.cause ?? "it receives no answer"}.`,
    impact: nobodyReaches,
    fix: (p) => own(GATEWAY, String(p.status))?.fix(p) ?? `Check its pods: kubectl -n ${p.namespace} get pods.`,
  },
  "service-port-undeclared": {
    title: (p) =>
      p.named
        ? `The Service ${p.service} sends traffic to a port that no container has`
        : `The Service ${p.service} sends traffic to port ${p.target}, where nothing answers`,
    cause: (p) =>
      p.named
        ? `${p.host} answers ${p.status} instead of the application. The Service ${p.service} sends traffic to the pods' port named ${p.target}, but their containers have no port with that name. They declare ${p.ports}.`
        : `${p.host} answers ${p.status} instead of the application. The Service ${p.service} sends traffic to port ${p.target} of its pods, but their containers declare ${p.ports}.`,
    impact: nobodyReaches,
    fix: (p) =>
      p.named
        ? `Give the Service ${p.service} a targetPort that the containers have (${p.ports}) in k8s/ and push.`
        : `Set the targetPort of the Service ${p.service} to the port that the application listens on, in k8s/ and push. Many applications name it in their log: kubectl -n ${p.namespace} logs deployment/<name>.`,
  },
  "http-no-answer": {
    title: (p) => `${p.host} accepts connections but does not answer`,
    cause: (p) => `It accepts the connection but does not answer within 10 s (seen from ${p.vantage}).`,
    impact: nobodyReaches,
    fix: (p) => `Check what the application is waiting for: kubectl -n ${p.namespace} logs deployment/<name>.`,
  },
  "redirect-loop": {
    title: (p) => `${p.host} redirects in a loop`,
    cause: (p) => `Its redirects form a loop (seen from ${p.vantage}): ${p.hops}.`,
    impact: () => "Browsers give up with too many redirects.",
    fix: () =>
      "Usually the application redirects to HTTPS while a CDN or proxy in front of it connects by HTTP. Set the CDN to HTTPS (Cloudflare: SSL/TLS → Full (strict)), or make the application trust X-Forwarded-Proto.",
  },
  "cdn-in-front": {
    title: (p) => `The CDN in front of ${p.host} cannot reach the cluster`,
    cause: (p) =>
      `${p.server || "The CDN"} answers ${p.status} (seen from ${p.vantage})${own(FROM_CDN, String(p.status)) ? `: ${own(FROM_CDN, String(p.status))?.cause}` : ""}.`,
    impact: (p) => `Nobody can reach ${p.host} through the CDN.`,
    fix: (p) =>
      own(FROM_CDN, String(p.status))?.fix ??
      "Check the origin's address at the CDN, and that ports 80 and 443 accept the CDN's addresses.",
  },
  "icp-block": {
    title: (p) => `${p.host} is blocked because it has no ICP filing`,
    cause: (p) =>
      `The cloud answers instead of the application: the domain has no ICP filing with it (seen from ${p.vantage}). Clouds in mainland China must block such domains.`,
    impact: (p) => `The application runs, but nobody outside can reach it at ${p.host}.`,
    fix: () =>
      "File the domain with that cloud (Tencent Cloud and Alibaba Cloud: console → ICP), use a filed domain, or use a server outside mainland China.",
  },
  "not-reachable-unexplained": {
    title: (p) => `${p.host} cannot be reached`,
    cause: (p) =>
      `Slipway does not know why. Seen from ${p.vantage}, ${p.address}:${p.port}: ${own(outcomes, String(p.outcome)) ?? "no answer"}.`,
    impact: nobodyReaches,
    fix: (p) =>
      `Check from outside: dig +short ${p.host}; curl -v https://${p.host}. Then check the machine behind that address and its ingress controller.`,
  },
  "cert-challenge-failed": {
    title: () => "The certificate was not issued",
    cause: (p) => `${p.issuer} could not validate ${p.host}.`,
    impact: () =>
      "HTTPS does not work yet. The issuer allows five failures an hour, so Slipway does not try again by itself.",
    fix: (p) => `Check that ${p.host} points to the cluster and that port 80 is open from outside. Then press Retry.`,
  },
};

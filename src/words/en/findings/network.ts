import type { Params } from "../../../project/params.ts";
import { own } from "../../own.ts";
import type { FindingWords } from "../../words.ts";
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
    ? `At the DNS provider of ${p.host}, set: ${p.host} ${p.type} ${p.address}. If ${p.address} is a private address, use the public one that leads to it.`
    : `At the DNS provider of ${p.host}, set a record that leads to the cluster's public address.`;

/** https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/ */
const FROM_CDN: Record<string, { cause: string; fix: string }> = {
  "521": { cause: "the cluster refuses its connections", fix: "Let the CDN's addresses in on ports 80 and 443." },
  "522": { cause: "its connections to the cluster time out", fix: "Let the CDN's addresses in on ports 80 and 443." },
  "523": { cause: "it finds no way to the cluster", fix: "Check the origin's address at the CDN." },
  "524": {
    cause: "the application takes longer than it waits",
    fix: "Answer sooner, or do the work in the background.",
  },
  "525": {
    cause: "no TLS connection to the cluster comes about",
    fix: "Check the certificate that the cluster shows.",
  },
  "526": {
    cause: "it does not accept the certificate that the cluster shows",
    fix: "See to a certificate that is valid for the host, or to the CDN's SSL mode.",
  },
  "530": { cause: "it finds no address for the origin", fix: "Check the origin's name at the CDN." },
};

const GATEWAY: Record<string, { cause: string; fix: (p: Params) => string }> = {
  "502": {
    cause: "a pod is there, but does not take the request",
    fix: (p) =>
      `Compare the Service's targetPort with the port that the application listens on: kubectl -n ${p.namespace} get services -o wide; kubectl -n ${p.namespace} logs deployment/<name>.`,
  },
  "503": {
    cause: "there is no ready pod to send it to",
    fix: (p) =>
      `See whether pods are ready and the Service selects them: kubectl -n ${p.namespace} get pods,endpointslices --show-labels.`,
  },
  "504": {
    cause: "the application does not answer in time",
    fix: (p) => `Look at what it does: kubectl -n ${p.namespace} logs deployment/<name>.`,
  },
};

/** What stands behind the route. */
const BEHIND: Record<string, string> = {
  nobody: " Its Service has no ready pod behind it.",
  "no-service": " The Service that its Ingress names is not there.",
};

const nobodyReaches = (p: Params) => `Nobody reaches ${p.host}.`;

export const network: Record<string, FindingWords> = {
  "port-blocked": {
    title: (p) => `Port ${p.port} is blocked from outside`,
    cause: (p) =>
      `${p.address}:${p.port} never answers a connection from outside, while it answers inside: a firewall or security group drops it.`,
    impact: (p) => `The application runs, but nobody outside reaches ${p.host}.`,
    fix: (p) =>
      RULES[p.cloud ?? ""]?.(p) ?? `Let TCP ${p.port} in from 0.0.0.0/0 in the firewall of the node or its cloud.`,
  },
  "ingress-missing": {
    title: (p) => `No route leads to ${p.host}`,
    cause: (p) =>
      p.hosts
        ? `The manifests of ${p.environment} are applied. Their Ingress is for ${p.hosts}, and none for ${p.host}.`
        : `The manifests of ${p.environment} are applied, and there is no Ingress among them.`,
    impact: (p) => `Nobody reaches ${p.host}.`,
    fix: (p) => `Add a rule for ${p.host} to the Ingress in k8s/ and push.`,
  },
  "cert-challenge-waits": {
    title: (p) => `The certificate for ${p.host} is waiting`,
    cause: (p) => `cert-manager’s own check of ${p.host} does not pass, so ${p.issuer} is not asked yet.`,
    impact: (p) => `HTTPS does not work for ${p.host}. No attempt is used up.`,
    fix: (p) => `Point the DNS record of ${p.host} at the cluster. cert-manager looks again every ten seconds.`,
  },
  "cert-host-missing": {
    title: (p) => `The certificate does not cover ${p.host}`,
    cause: (p) =>
      p.why === "twice"
        ? `The Ingress ${p.ingress} names the Secret ${p.secret} in two entries of tls, so cert-manager does nothing for it.`
        : p.why === "shared"
          ? `The Ingress ${p.ingress} takes the certificate for ${p.host} from the Secret ${p.secret}, which another Ingress names too. cert-manager goes by that one, so the certificate is for ${p.names} only.`
          : `The Ingress ${p.ingress} takes the certificate for ${p.host} from the Secret ${p.secret}. That certificate is for ${p.names} only.`,
    impact: (p) =>
      p.names
        ? `Browsers warn of ${p.host}, and other clients refuse to connect.`
        : `No certificate is issued for ${p.host}.`,
    fix: (p) =>
      p.why === "twice"
        ? `In k8s/, list all hosts in one entry of tls, or give each entry a secretName of its own. Then push.`
        : p.why === "shared"
          ? `In k8s/, give the Ingress ${p.ingress} a secretName of its own and push.`
          : `Add ${p.host} to the dnsNames of the Certificate, or give the Ingress a secretName of its own. Then push.`,
  },
  "port-refused": {
    title: (p) => `Nothing listens on port ${p.port}`,
    cause: (p) => `${p.address}:${p.port} refuses connections (seen from ${p.vantage}).`,
    impact: nobodyReaches,
    fix: () =>
      "See whether the ingress controller runs and has the port. On k3s: kubectl -n kube-system get pods,services (traefik and svclb-traefik).",
  },
  "dns-missing": {
    title: (p) => `${p.host} has no DNS record`,
    cause: (p) => `The name ${p.host} has no address (asked from ${p.vantage}).`,
    impact: (p) => `Nobody finds the application as ${p.host}.`,
    fix: recordFor,
  },
  "dns-elsewhere": {
    title: (p) => `${p.host} leads elsewhere`,
    cause: (p) =>
      `DNS gives ${p.found} for ${p.host}, and the application is not there. The cluster's own address is ${p.address}.`,
    impact: nobodyReaches,
    fix: recordFor,
  },
  "tls-wrong-cert": {
    title: (p) => `${p.host} shows another certificate`,
    cause: (p) =>
      p.own
        ? `The ingress controller shows its own certificate (${p.subject}): it has none for ${p.host}.`
        : `The certificate is for ${p.subject || "another name"}, not for ${p.host}.`,
    impact: () => "Browsers warn everybody who comes, and programs refuse to connect.",
    fix: (p) =>
      `See whether the certificate was issued, and whether spec.tls of the Ingress names its secret: kubectl -n ${p.namespace} get certificates,secrets,ingresses.`,
  },
  "tls-expired": {
    title: (p) =>
      p.early ? `The certificate of ${p.host} is not valid yet` : `The certificate of ${p.host} has expired`,
    cause: (p) =>
      p.early
        ? `Its time has not begun. Its issuer is ${p.issuer || "not named"}.`
        : `It, or its issuer's, was valid until ${p.until || "some time ago"}. Its issuer is ${p.issuer || "not named"}.`,
    impact: () => "Browsers warn everybody who comes, and programs refuse to connect.",
    fix: (p) =>
      p.early
        ? "Check the clocks: of the machine that issued it, and of the nodes."
        : `See why it was not renewed: kubectl -n ${p.namespace} describe certificates.`,
  },
  "tls-untrusted": {
    title: (p) => `The certificate of ${p.host} is not trusted`,
    cause: (p) =>
      p.own
        ? "It is signed by itself, so nobody vouches for it."
        : `It was issued by ${p.issuer || "an unnamed issuer"}, whom ${looker(p)} does not know.`,
    impact: () => "Whoever does not know that issuer is warned by the browser.",
    fix: (p) =>
      p.vantage === "inside"
        ? "If it is your own CA that everybody's machines know, make Slipway know it too: mount the CA's certificate and set NODE_EXTRA_CA_CERTS to its path. Otherwise use a public issuer, such as Let's Encrypt."
        : `If it is your own CA, set NODE_EXTRA_CA_CERTS to the path of its certificate on ${p.vantage}. Otherwise use a public issuer, such as Let's Encrypt.`,
  },
  "http-404-no-route": {
    title: (p) => `No route leads to ${p.host}`,
    cause: (p) =>
      `The ingress controller answers 404 for ${p.host}, the same as for a host that nobody has (seen from ${p.vantage}).${BEHIND[p.behind ?? ""] ?? ""}`,
    impact: nobodyReaches,
    fix: (p) =>
      p.behind
        ? `See what the Ingress names, and which pods are ready: kubectl -n ${p.namespace} get ingresses,services,endpointslices,pods --show-labels.`
        : `Compare the class, host and paths of the Ingress with what runs: kubectl -n ${p.namespace} describe ingress; kubectl get ingressclasses. If that is right, read the ingress controller's log: it may not be allowed to read Ingresses.`,
  },
  "http-502-503-504": {
    title: (p) => `${p.host} answers ${p.status}, and not the application`,
    cause: (p) =>
      `The ingress controller, or a load balancer, answers ${p.status} in its place: ${own(GATEWAY, String(p.status))?.cause ?? "it gets no answer"}.`,
    impact: nobodyReaches,
    fix: (p) => own(GATEWAY, String(p.status))?.fix(p) ?? `Look at its pods: kubectl -n ${p.namespace} get pods.`,
  },
  "service-port-undeclared": {
    title: (p) =>
      p.named
        ? `The Service ${p.service} leads to a port that no container has`
        : `The Service ${p.service} leads to port ${p.target}, where nobody answers`,
    cause: (p) =>
      p.named
        ? `${p.host} answers ${p.status}, and not the application. The Service ${p.service} sends what comes to the port named ${p.target} of its pods, and their containers have no port of that name. They declare ${p.ports}.`
        : `${p.host} answers ${p.status}, and not the application. The Service ${p.service} sends what comes to port ${p.target} of its pods, and their containers declare ${p.ports}.`,
    impact: nobodyReaches,
    fix: (p) =>
      p.named
        ? `Give the Service ${p.service} a targetPort that the containers have (${p.ports}) in k8s/ and push.`
        : `Set the targetPort of the Service ${p.service} to the port that the application listens on, in k8s/ and push. Many applications name it in their log: kubectl -n ${p.namespace} logs deployment/<name>.`,
  },
  "http-no-answer": {
    title: (p) => `${p.host} takes connections, but does not answer`,
    cause: (p) => `The connection is accepted, and no answer comes within 10 s (seen from ${p.vantage}).`,
    impact: nobodyReaches,
    fix: (p) => `See what the application waits for: kubectl -n ${p.namespace} logs deployment/<name>.`,
  },
  "redirect-loop": {
    title: (p) => `${p.host} redirects in a circle`,
    cause: (p) => `Its redirects come to no end (seen from ${p.vantage}): ${p.hops}.`,
    impact: () => "Browsers give up and say that there are too many redirects.",
    fix: () =>
      "Two of them redirect: the application or a middleware, and a CDN or proxy before it that speaks HTTP to the cluster. Let the CDN use HTTPS (Cloudflare: SSL/TLS → Full (strict)), or let the application trust X-Forwarded-Proto.",
  },
  "cdn-in-front": {
    title: (p) => `The CDN in front of ${p.host} does not reach the cluster`,
    cause: (p) =>
      `${p.server || "It"} answers ${p.status} (seen from ${p.vantage})${own(FROM_CDN, String(p.status)) ? `: ${own(FROM_CDN, String(p.status))?.cause}` : ""}.`,
    impact: (p) => `Nobody reaches ${p.host} through the CDN.`,
    fix: (p) =>
      own(FROM_CDN, String(p.status))?.fix ??
      "Check the origin's address at the CDN, and that ports 80 and 443 are open to the CDN's addresses.",
  },
  "icp-block": {
    title: (p) => `${p.host} is blocked for want of an ICP filing`,
    cause: (p) =>
      `In the application's place the cloud answers that the domain has no ICP filing with it (seen from ${p.vantage}). Clouds of mainland China must do so.`,
    impact: (p) => `The application runs, but nobody outside reaches it as ${p.host}.`,
    fix: () =>
      "File the domain with that cloud (Tencent Cloud and Alibaba Cloud: console → ICP), use a domain that has been filed, or a server outside mainland China.",
  },
  "not-reachable-unexplained": {
    title: (p) => `${p.host} cannot be reached`,
    cause: (p) =>
      `Looked at, and not understood. Seen from ${p.vantage}, ${p.address}:${p.port}: ${own(outcomes, String(p.outcome)) ?? "no answer comes"}.`,
    impact: nobodyReaches,
    fix: (p) =>
      `Look from outside: dig +short ${p.host}; curl -v https://${p.host}. Then at the machine that it leads to, and at the ingress controller there.`,
  },
  "cert-challenge-failed": {
    title: () => "The certificate was refused",
    cause: (p) => `${p.issuer} could not validate ${p.host}.`,
    impact: () => "HTTPS does not work yet. Only five failures an hour are allowed, so it is not tried again blindly.",
    fix: (p) => `See that ${p.host} points to the cluster and port 80 is open from outside, then retry.`,
  },
};

import type { Template } from "../../src/template/template.ts";

/** As small as a template can be. */
export function template(given: Partial<Template> = {}): Template {
  return {
    name: "tiny",
    title: "Tiny",
    description: "One file",
    directory: "/templates/tiny",
    variables: [],
    buildSeconds: 60,
    port: 8080,
    healthPath: "/healthz",
    repeat: [],
    verbatim: [],
    files: [
      {
        path: "README.md",
        mode: "100644",
        content: new TextEncoder().encode("# [[= name =]]\nclass [[= ingressClass =]], issuer [[= issuer =]]\n"),
      },
    ],
    ...given,
  };
}

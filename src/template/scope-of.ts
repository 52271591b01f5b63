import { findLeftover } from "./check-rendered.ts";
import type { Template } from "./template.ts";
import { TemplateError } from "./template-error.ts";
import type { TemplateVariables } from "./template-variables.ts";

/**
 * What a placeholder can name: what every launch knows, and the variables that the template declares.
 * @throws TemplateError where a value is missing, not declared, or not as the template wants it
 */
export function scopeOf(template: Template, variables: TemplateVariables): Record<string, unknown> {
  const { values = {}, ...known } = variables;
  const scope: Record<string, unknown> = { ...known };
  const fail = (reason: string, fix: string) => {
    throw new TemplateError("template-unrendered", { file: `${template.name}/template.yaml`, reason, fix });
  };

  for (const { name, default: fallback, pattern } of template.variables) {
    const value = Object.hasOwn(known, name) ? scope[name] : Object.hasOwn(values, name) ? values[name] : fallback;
    if (value === undefined) fail(`the variable ${name} has no value`, `give it with the launch: ${name}=…`);
    if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`, "u").test(String(value))) {
      fail(`the variable ${name} is “${value}”, which does not match ${pattern}`, "give a value that does");
    }
    scope[name] = value;
  }

  for (const name of Object.keys(values)) {
    if (Object.hasOwn(known, name) || !template.variables.some((declared) => declared.name === name)) {
      fail(`the template declares no variable ${name}`, `leave it out, or declare it: ${declaredNames(template)}`);
    }
  }
  if (variables.image !== variables.image.toLowerCase()) {
    // https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
    fail(`the image's name ${variables.image} has upper-case letters, which no registry takes`, "make it lower case");
  }
  const delimiter = findLeftover(JSON.stringify(scope));
  if (delimiter) fail(`a variable's value holds ${delimiter}, the templates' own delimiter`, "choose another value");
  return scope;
}

function declaredNames(template: Template): string {
  return template.variables.map(({ name }) => name).join(", ") || "it declares none";
}

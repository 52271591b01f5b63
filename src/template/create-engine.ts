import { Liquid } from "liquidjs";
import { objectName } from "../project/object-name.ts";
import { delimiters } from "./delimiters.ts";
import { markOrigin } from "./origin.ts";

/** Liquid, as strict as it can be, without a file system. https://liquidjs.com/tutorials/options.html */
export function createEngine(): Liquid {
  const engine = new Liquid({
    outputDelimiterLeft: delimiters.outputLeft,
    outputDelimiterRight: delimiters.outputRight,
    tagDelimiterLeft: delimiters.tagLeft,
    tagDelimiterRight: delimiters.tagRight,
    strictVariables: true,
    strictFilters: true,
    // `if issuer` is false for an empty one, which in Liquid's own rules it would not be.
    jsTruthy: true,
    // Partials are looked up here, where there are none, instead of on the disk.
    templates: {},
  });
  // Always in double quotes, escaped as JSON does, which YAML reads alike: `8888`, `on` and `~` stay strings.
  engine.registerFilter("string", (value: unknown) => JSON.stringify(String(value)));
  engine.registerFilter("object_name", (value: unknown) => objectName(String(value)));
  engine.registerFilter("origin", markOrigin);
  return engine;
}

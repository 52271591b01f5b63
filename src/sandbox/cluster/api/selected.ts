import type { ResourceCall } from "./call.ts";
import { fieldSelector, labelSelector, type Selector } from "./parse-selectors.ts";

/** Which objects a list, watch or deletecollection is about, beyond their namespace. */
export function selected({ url, kind, wanted }: ResourceCall): { matches: Selector; narrowed: boolean } {
  const labels = url.searchParams.get("labelSelector") ?? "";
  const fields = url.searchParams.get("fieldSelector") ?? "";
  const byLabels = labelSelector(labels);
  const byFields = fieldSelector(fields, kind.plural, kind.custom);
  return {
    matches: (object) =>
      byLabels(object) && byFields(object) && (wanted.name === "" || object.metadata.name === wanted.name),
    narrowed: labels !== "" || fields !== "",
  };
}

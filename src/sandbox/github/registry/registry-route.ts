import type { RegistryAction } from "./grant.ts";
import type { RegistryCall } from "./registry-call.ts";

export interface RegistryRoute {
  /** As the distribution spec numbers its endpoints. */
  end: string;
  method: string;
  path: RegExp;
  action: RegistryAction;
  handle(call: RegistryCall): Promise<void>;
}

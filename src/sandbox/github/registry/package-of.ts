import type { Package, State } from "../state.ts";

/** The package that a registry repository (`acme/rrr`) is shown as. */
export function packageOf(state: State, name: string): Package | null {
  const [owner = "", ...rest] = name.split("/");
  return state.packages.find((one) => one.owner.toLowerCase() === owner && one.name === rest.join("/")) ?? null;
}

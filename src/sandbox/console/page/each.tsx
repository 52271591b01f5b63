import type { ComponentChildren } from "preact";

/** Draws a list whose items have no identity but their place in it. */
export function Each<T>({
  of,
  children,
}: {
  of: readonly T[];
  children: (item: T, index: number) => ComponentChildren;
}) {
  return <>{of.map(children)}</>;
}

/** As it may be told: what a query holds may be a secret. */
export function plainUrl({ origin, pathname }: URL): string {
  return `${origin}${pathname}`.slice(0, 200);
}

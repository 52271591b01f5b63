/** undici wraps the cause: `fetch failed` says nothing, `connect ECONNREFUSED 127.0.0.1:6443` does. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Of a name with several addresses: one error each, and no words of its own.
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message;
}

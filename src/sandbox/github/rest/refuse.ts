/** An answer that is GitHub's refusal, thrown from wherever it is found. */
export interface Refusal extends Error {
  refusal: { status: number; body: Record<string, unknown>; headers: Record<string, string> };
}

/** Throws GitHub's error body. https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api */
export function refuse(
  status: number,
  message: string,
  more: { errors?: unknown[]; url?: string; documentation?: string; headers?: Record<string, string> } = {},
): never {
  const body = {
    message,
    ...(more.errors ? { errors: more.errors } : {}),
    ...(more.url ? { url: more.url } : {}),
    documentation_url: more.documentation ?? "https://docs.github.com/rest",
    status: String(status),
  };
  throw Object.assign(new Error(message), {
    refusal: { status, body, headers: more.headers ?? {} },
  } satisfies Pick<Refusal, "refusal">);
}

export function isRefusal(error: unknown): error is Refusal {
  return error instanceof Error && "refusal" in error;
}

export function notFound(): never {
  return refuse(404, "Not Found");
}

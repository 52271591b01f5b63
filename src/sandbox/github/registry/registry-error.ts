/** An error of the distribution spec. https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes */
export interface RegistryError extends Error {
  registry: { status: number; code: string; detail?: unknown; headers: Record<string, string> };
}

export function refuseRegistry(
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): never {
  throw Object.assign(new Error(message), { registry: { status, code, headers } } satisfies Pick<
    RegistryError,
    "registry"
  >);
}

export function isRegistryError(error: unknown): error is RegistryError {
  return error instanceof Error && "registry" in error;
}

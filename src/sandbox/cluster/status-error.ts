/** The body of an answer that is not an object. https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/ */
export interface Status {
  kind: "Status";
  apiVersion: "v1";
  metadata: { continue?: string };
  status: "Failure" | "Success";
  message?: string;
  reason?: string;
  details?: {
    name?: string;
    group?: string;
    kind?: string;
    uid?: string;
    causes?: { reason: string; message: string; field?: string }[];
    retryAfterSeconds?: number;
  };
  code: number;
}

/** A request that the API server refuses; `status` is what it answers over HTTP. */
export class ApiStatusError extends Error {
  readonly status: Status;

  constructor(status: Omit<Status, "kind" | "apiVersion" | "metadata" | "status"> & { continue?: string }) {
    super(status.message);
    this.name = "ApiStatusError";
    const { continue: next, ...rest } = status;
    this.status = {
      kind: "Status",
      apiVersion: "v1",
      metadata: next === undefined ? {} : { continue: next },
      status: "Failure",
      ...rest,
    };
  }
}

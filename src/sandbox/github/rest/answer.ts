/** What a route gives back; the dispatcher adds the headers every answer has. */
export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

export function ok(body: unknown, headers?: Record<string, string>): Answer {
  return { status: 200, body, ...(headers ? { headers } : {}) };
}

export function created(body: unknown): Answer {
  return { status: 201, body };
}

export function noContent(): Answer {
  return { status: 204 };
}

import type { Answer } from "../call.ts";

/**
 * An OpenAPI 2 document that says nothing: clients that know version 3 ask for it only to fall back on what they have built in.
 * kubectl reads protobuf alone: https://github.com/google/gnostic-models/blob/main/openapiv2/OpenAPIv2.proto (Document: swagger = 1, info = 2, paths = 8; Info: title = 1, version = 2).
 */
export function openApiV2(): Answer {
  const info = Buffer.concat([text(1, "Kubernetes"), text(2, "v1.34.4")]);
  return {
    status: 200,
    contentType: "application/com.github.proto-openapi.spec.v2.v1.0+protobuf",
    body: Buffer.concat([text(1, "2.0"), field(2, info), field(8, Buffer.alloc(0))]),
  };
}

function text(number: number, value: string): Buffer {
  return field(number, Buffer.from(value));
}

/** A field of wire type 2: tag, length, content. All here are shorter than 128 bytes, so one byte each. */
function field(number: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([(number << 3) | 2, content.length]), content]);
}

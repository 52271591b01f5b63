import { isObject, type JsonObject } from "../../store/is-object.ts";
import { refuse } from "../../store/refuse.ts";
import { MESSAGES } from "./messages.ts";

/** Four bytes before every object: https://kubernetes.io/docs/reference/using-api/api-concepts/#protobuf-encoding */
const MAGIC = "k8s\u0000";
/** Where nothing and zero differ, because the field is a pointer in Go. */
const ZERO_COUNTS = new Set(["replicas", "backoffLimit", "automountServiceAccountToken"]);

/** An object in Kubernetes' protobuf as the JSON it stands for; what MESSAGES does not list is refused with 415. */
export function readProtobuf(bytes: Buffer): unknown {
  if (bytes.subarray(0, 4).toString("latin1") !== MAGIC)
    throw refuse.badRequest("provided data does not appear to be a protobuf message");
  const { typeMeta, raw } = readMessage("Unknown", bytes.subarray(4));
  const { apiVersion, kind } = isObject(typeMeta) ? typeMeta : {};
  const content = Buffer.from(typeof raw === "string" ? raw : "", "base64");
  return { apiVersion, kind, ...readMessage(String(kind), content) };
}

function readMessage(name: string, bytes: Buffer): JsonObject {
  const fields = new Map(
    (MESSAGES[name] ?? "").split(" ").map((entry) => {
      const [number = "", field = "", type = ""] = entry.split(":");
      return [Number(number), { field, type }];
    }),
  );
  const result: JsonObject = {};
  for (const { number, value } of wireFields(bytes)) {
    const known = fields.get(number);
    if (known === undefined && isZero(value)) continue;
    if (known === undefined)
      throw refuse.unsupportedMediaType(
        `the sandbox's API server cannot read field ${number} of ${name} in protobuf; send JSON`,
      );
    put(result, known.field, known.type, value);
  }
  return result;
}

function put(result: JsonObject, field: string, type: string, value: bigint | Buffer): void {
  const before = result[field];
  if (type === "-") return;
  if (type.startsWith("[]")) {
    result[field] = [...(Array.isArray(before) ? before : []), readValue(type.slice(2), value)];
  } else if (type.startsWith("{}")) {
    const parts = [...wireFields(Buffer.isBuffer(value) ? value : Buffer.alloc(0))];
    const part = (number: number) => parts.find((one) => one.number === number)?.value ?? Buffer.alloc(0);
    const entry = { [String(readValue("string", part(1)))]: readValue(type.slice(2), part(2)) };
    result[field] = { ...(isObject(before) ? before : {}), ...entry };
  } else {
    const read = readValue(type, value);
    // Go writes out what is empty; JSON leaves it out.
    const empty = read === "" || read === 0 || read === false || (isObject(read) && Object.keys(read).length === 0);
    if (!empty || ZERO_COUNTS.has(field)) result[field] = read;
  }
}

function readValue(type: string, value: bigint | Buffer): unknown {
  if (!Buffer.isBuffer(value)) return type === "bool" ? value !== 0n : Number(BigInt.asIntN(64, value));
  switch (type) {
    case "string":
      return value.toString("utf8");
    case "bytes":
      return value.toString("base64");
    case "Quantity":
      return readMessage(type, value).string ?? "0";
    case "IntOrString": {
      const { strVal, intVal } = readMessage(type, value);
      return strVal ?? intVal ?? 0;
    }
    default:
      return readMessage(type, value);
  }
}

function isZero(value: bigint | Buffer): boolean {
  return Buffer.isBuffer(value) ? value.length === 0 : value === 0n;
}

/** https://protobuf.dev/programming-guides/encoding/: Kubernetes uses varints and lengths alone. */
function* wireFields(bytes: Buffer): Generator<{ number: number; value: bigint | Buffer }> {
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; at < bytes.length; shift += 7n) {
      const byte = bytes[at++] ?? 0;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    return value;
  };
  while (at < bytes.length) {
    const tag = varint();
    const number = Number(tag >> 3n);
    if ((tag & 7n) === 0n) yield { number, value: varint() };
    else if ((tag & 7n) === 2n) {
      const length = Number(varint());
      yield { number, value: bytes.subarray(at, at + length) };
      at += length;
    } else throw refuse.badRequest("provided data does not appear to be a protobuf message");
  }
}

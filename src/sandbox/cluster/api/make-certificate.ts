import { generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { isIP } from "node:net";
import { der } from "./der.ts";

const ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";
const COMMON_NAME = "2.5.4.3";
const SUBJECT_ALT_NAME = "2.5.29.17";
const BASIC_CONSTRAINTS = "2.5.29.19";
const YEAR = 365 * 24 * 60 * 60 * 1000;

/**
 * A self-signed certificate that is its own authority, in PEM. Over plain HTTP kubectl would send no token:
 * https://github.com/kubernetes/client-go/blob/v0.34.0/tools/clientcmd/client_config.go#L190 ("only try to read the auth information if we are secure").
 * Its form is RFC 5280's; Node can read certificates but not make them.
 */
export function makeCertificate(
  hosts: string[],
  now: Date,
  commonName = "slipway-sandbox",
): { certificate: string; key: string } {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const algorithm = der.sequence(der.objectId(ECDSA_WITH_SHA256));
  const name = der.sequence(der.set(der.sequence(der.objectId(COMMON_NAME), der.utf8(commonName))));
  const body = der.sequence(
    der.context(0, der.integer(Buffer.from([2]))),
    der.integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    algorithm,
    name,
    der.sequence(der.time(new Date(now.getTime() - YEAR / 365)), der.time(new Date(now.getTime() + YEAR))),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der.context(
      3,
      der.sequence(
        der.sequence(
          der.objectId(BASIC_CONSTRAINTS),
          der.boolean(true),
          der.octetString(der.sequence(der.boolean(true))),
        ),
        der.sequence(der.objectId(SUBJECT_ALT_NAME), der.octetString(der.sequence(...hosts.map(alternativeName)))),
      ),
    ),
  );
  const signature = sign("sha256", body, privateKey);
  const certificate = der.sequence(body, algorithm, der.bitString(signature));
  return {
    certificate: pem("CERTIFICATE", certificate),
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

function alternativeName(host: string): Buffer {
  return isIP(host) === 4
    ? der.context(7, Buffer.from(host.split(".").map(Number)), false)
    : der.context(2, Buffer.from(host, "ascii"), false);
}

function pem(label: string, bytes: Buffer): string {
  const lines = bytes.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}

import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import * as z from "zod";
import type { Clock } from "../../shared/world.ts";
import type { ClusterStore } from "../create-store.ts";
import type { User } from "./user.ts";

/** Bearer tokens: made for a user's name, read back into the user. Shaped as the real server's JWTs. */
export interface Tokens {
  /** `user` is `admin`, `system:serviceaccount:NAMESPACE:NAME`, or any name. */
  issue(user: string, seconds?: number): { token: string; expires: Date };
  /** Undefined where a real server says 401. */
  read(token: string): User | undefined;
}

const claims = z.object({ sub: z.string(), exp: z.number() });
const DAY = 24 * 60 * 60;

export function createTokens(store: ClusterStore, clock: Clock): Tokens {
  const secret = randomBytes(32);
  const mac = (text: string) => createHmac("sha256", secret).update(text).digest();
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return {
    issue: (user, seconds = 365 * DAY) => {
      const issued = Math.floor(clock.now().getTime() / 1000);
      const expires = issued + seconds;
      const head = encode({ alg: "HS256", kid: "sandbox" });
      const body = encode({
        iss: "https://kubernetes.default.svc.cluster.local",
        aud: ["https://kubernetes.default.svc.cluster.local"],
        sub: user,
        iat: issued,
        nbf: issued,
        exp: expires,
      });
      const token = `${head}.${body}.${mac(`${head}.${body}`).toString("base64url")}`;
      return { token, expires: new Date(expires * 1000) };
    },
    read: (token) => {
      const [head = "", body = "", signature = ""] = token.split(".");
      const expected = mac(`${head}.${body}`);
      const given = Buffer.from(signature, "base64url");
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
      const { sub, exp } = claims.parse(JSON.parse(Buffer.from(body, "base64url").toString()));
      return exp * 1000 < clock.now().getTime() ? undefined : userOf(sub, store);
    },
  };
}

function userOf(name: string, store: ClusterStore): User | undefined {
  if (name === "admin") return { name, groups: ["system:masters", "system:authenticated"] };
  const [, kind, namespace, account] = name.split(":");
  if (kind !== "serviceaccount" || namespace === undefined || account === undefined) {
    return { name, groups: ["system:authenticated"] };
  }
  const found = store.get({ apiVersion: "v1", kind: "ServiceAccount", namespace, name: account });
  if (found === undefined) return undefined;
  return {
    name,
    ...(found.metadata.uid === undefined ? {} : { uid: found.metadata.uid }),
    groups: ["system:serviceaccounts", `system:serviceaccounts:${namespace}`, "system:authenticated"],
  };
}

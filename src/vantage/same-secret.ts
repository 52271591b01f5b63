import { createHash, timingSafeEqual } from "node:crypto";

/** In constant time, whatever their lengths. */
export function sameSecret(given: string, secret: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}

import { maskSecrets } from "./mask-secrets.ts";

/**
 * A message of so many characters at most: who it is about stands at its beginning, and what is wrong at its end. Without
 * secrets, since the half of one would not be known as such any more.
 */
export function shorten(message: string, most = 300): string {
  const text = maskSecrets(message.trim());
  if (text.length <= most) return text;
  const head = Math.ceil((most - 3) / 2);
  return `${text.slice(0, head).trimEnd()} … ${text.slice(text.length - (most - 3 - head)).trimStart()}`;
}

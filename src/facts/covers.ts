/** Whether a name in a certificate is that of `host`; a wildcard stands for one label. https://www.rfc-editor.org/rfc/rfc6125#section-6.4.3 */
export function covers(name: string, host: string): boolean {
  const [named, asked] = [name.toLowerCase(), host.toLowerCase()];
  if (named === asked) return true;
  const rest = asked.indexOf(".");
  // What is asked for may be a wildcard itself, which nothing but the same covers.
  return named.startsWith("*.") && !asked.startsWith("*.") && rest > 0 && asked.slice(rest) === named.slice(1);
}

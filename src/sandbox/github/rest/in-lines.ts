/** GitHub breaks base64 after each 60 characters. */
export function inLines(base64: string): string {
  return base64.replace(/.{1,60}/g, "$&\n");
}

/** Of a stranger's words, such as a commit's title, on one line and without what a terminal would act on. */
export function clearText(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/\p{Cc}/gu, "")
    .trim();
}

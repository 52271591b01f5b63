/** Power of two. What repeats does so soon: times, reasons and names within one object, words within one kind. */
const SLOTS = 8_192;
/** Longer ones are hardly ever the same. */
const LONGEST = 160;

/**
 * One string for all that are equal and come soon after one another. Parsed JSON has a string of its own for each label,
 * time and message; a fixed table shares most of them, and needs no forgetting.
 */
export function createIntern(): (text: string) => string {
  const table: string[] = new Array(SLOTS).fill("");
  return (text) => {
    if (text.length > LONGEST) return text;
    let hash = text.length;
    for (let at = 0; at < text.length; at += 1) hash = (hash * 31 + text.charCodeAt(at)) | 0;
    const slot = hash & (SLOTS - 1);
    const known = table[slot];
    if (known === text) return known;
    table[slot] = text;
    return text;
  };
}

const NEWLINE = 10;

/** Whole lines out of what arrives in pieces. A line that is cut off at the end was no line. */
export function linesOf(onLine: (line: string) => void): { push(chunk: Buffer): void } {
  let begun: Buffer[] = [];
  return {
    push(chunk) {
      let from = 0;
      for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
        const piece = chunk.subarray(from, end);
        const line = begun.length === 0 ? piece : Buffer.concat([...begun, piece]);
        begun = [];
        from = end + 1;
        if (line.length > 0) onLine(line.toString("utf8"));
      }
      if (from < chunk.length) begun.push(chunk.subarray(from));
    },
  };
}

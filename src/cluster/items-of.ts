const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const COMMA = 0x2c;
const ITEMS = Buffer.from('"items"');

/**
 * Takes a list of the API server's apart as it arrives: each of its `items` by itself, so that never more than one is
 * there at a time, untrimmed. Gives the rest of it at the end, as JSON with no items. It splits and does not check:
 * what is no JSON is found by who parses the pieces.
 */
export function itemsOf(onItem: (json: string) => void): { push(chunk: Buffer): void; rest(): string } {
  const rest: Buffer[] = [];
  let item: Buffer[] = [];
  let depth = 0;
  let inString = false;
  let escaped = false;
  /** Of a string at the top: its bytes so far, and the last whole one, which may be the key of what comes. */
  let begun: Buffer[] = [];
  let key: Buffer = Buffer.alloc(0);
  let inItems = false;

  /** A copy: the chunk itself is large, and is to go. */
  const keep = (piece: Buffer) => {
    if (piece.length > 0) rest.push(Buffer.from(piece));
  };

  return {
    push(chunk) {
      /** Where what belongs together begins in this chunk. */
      let from = 0;
      let stringFrom = 0;
      const length = chunk.length;
      for (let at = 0; at < length; at += 1) {
        const byte = chunk[at];
        if (inString) {
          if (escaped) escaped = false;
          else if (byte === BACKSLASH) escaped = true;
          else if (byte === QUOTE) {
            inString = false;
            if (depth === 1) {
              key = Buffer.concat([...begun, chunk.subarray(stringFrom, at + 1)]);
              begun = [];
            }
          }
        } else if (byte === QUOTE) {
          inString = true;
          stringFrom = at;
        } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
          depth += 1;
          if (depth === 2 && byte === OPEN_ARRAY && key.equals(ITEMS)) inItems = true;
          else if (depth === 3 && inItems) {
            keep(chunk.subarray(from, at));
            from = at;
          }
        } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
          depth -= 1;
          if (depth === 2 && inItems) {
            item.push(chunk.subarray(from, at + 1));
            from = at + 1;
            const [only, ...more] = item;
            if (only) onItem((more.length === 0 ? only : Buffer.concat(item)).toString("utf8"));
            item = [];
          } else if (depth === 1) inItems = false;
        } else if (byte === COMMA && depth === 2 && inItems) {
          // Between items: left out, so that what is left is an empty array.
          keep(chunk.subarray(from, at));
          from = at + 1;
        }
      }
      if (inString && depth === 1) begun.push(Buffer.from(chunk.subarray(stringFrom)));
      if (depth > 2 && inItems) item.push(chunk.subarray(from));
      else keep(chunk.subarray(from));
    },
    rest: () => Buffer.concat(rest).toString("utf8"),
  };
}

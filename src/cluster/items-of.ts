const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const COMMA = 0x2c;
const ITEMS = Buffer.from('"items"');
const METADATA = Buffer.from('"metadata":');
const MANAGED = Buffer.from('"managedFields":');
/** Where brackets lead: into the list, its items, one of them, its metadata, the managed fields there. */
const DEPTH = { list: 1, items: 2, item: 3, metadata: 4, managed: 5 };

/**
 * Takes a list of the API server's apart as it arrives: each of its `items` by itself, so that never more than one is
 * there at a time, untrimmed. Gives the rest of it at the end, as JSON with no items. Managed fields, which are nearly
 * half of what a server sends, are left out before anybody parses them. It splits and does not check: what is no JSON is
 * found by who parses the pieces.
 */
export function itemsOf(onItem: (json: string) => void): { push(chunk: Buffer): void; rest(): string } {
  const rest: Buffer[] = [];
  let item: Buffer[] = [];
  let depth = 0;
  let inString = false;
  let escaped = false;
  let inItems = false;
  let inMetadata = false;
  let inManaged = false;
  /** Of a string at the top: its bytes so far, and the last whole one, which may be the key of what comes. */
  let begun: Buffer[] = [];
  let key: Buffer = Buffer.alloc(0);

  /** A copy: the chunk itself is large, and is to go. */
  const keep = (piece: Buffer) => {
    if (piece.length > 0) rest.push(Buffer.from(piece));
  };

  function push(chunk: Buffer) {
    /** Where what belongs together begins in this chunk. */
    let from = 0;
    let stringFrom = 0;

    /** Where a chunk ends in between it is not seen: then they are trimmed later. */
    const follows = (words: Buffer, at: number) => chunk.subarray(Math.max(from, at - words.length), at).equals(words);
    const open = (byte: number, at: number) => {
      depth += 1;
      if (depth === DEPTH.items && byte === OPEN_ARRAY && key.equals(ITEMS)) inItems = true;
      else if (depth === DEPTH.item && inItems) {
        keep(chunk.subarray(from, at));
        from = at;
      } else if (depth === DEPTH.metadata && inItems) inMetadata = follows(METADATA, at);
      else if (depth === DEPTH.managed && inItems && inMetadata && byte === OPEN_ARRAY) {
        inManaged = follows(MANAGED, at);
        if (inManaged) item.push(chunk.subarray(from, at + 1));
      }
    };
    const close = (at: number) => {
      depth -= 1;
      if (depth === DEPTH.items && inItems) {
        item.push(chunk.subarray(from, at + 1));
        from = at + 1;
        const [only, ...more] = item;
        if (only) onItem((more.length === 0 ? only : Buffer.concat(item)).toString("utf8"));
        item = [];
      } else if (depth === DEPTH.metadata && inManaged) {
        inManaged = false;
        from = at;
      } else if (depth === DEPTH.list) inItems = false;
    };

    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at];
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) {
          inString = false;
          if (depth === DEPTH.list) {
            key = Buffer.concat([...begun, chunk.subarray(stringFrom, at + 1)]);
            begun = [];
          }
        }
      } else if (byte === QUOTE) {
        inString = true;
        stringFrom = at;
      } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) open(byte, at);
      else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) close(at);
      else if (byte === COMMA && depth === DEPTH.items && inItems) {
        // Between items: left out, so that what is left is an empty array.
        keep(chunk.subarray(from, at));
        from = at + 1;
      }
    }
    if (inString && depth === DEPTH.list) begun.push(Buffer.from(chunk.subarray(stringFrom)));
    if (depth >= DEPTH.item && inItems) {
      if (!inManaged) item.push(chunk.subarray(from));
    } else keep(chunk.subarray(from));
  }

  return { push, rest: () => Buffer.concat(rest).toString("utf8") };
}

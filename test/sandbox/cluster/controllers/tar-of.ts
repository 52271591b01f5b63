import { pack } from "tar-stream";

/** An archive of these texts by their paths. */
export async function tarOf(files: Record<string, string>): Promise<Buffer> {
  const packed = pack();
  for (const [name, text] of Object.entries(files)) {
    packed.entry({ name }, text);
  }
  packed.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of packed) {
    if (chunk instanceof Uint8Array) {
      chunks.push(Buffer.from(chunk));
    }
  }
  return Buffer.concat(chunks);
}

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Something that an application needs, which can go down and come up again where it was. */
export interface GuestList {
  /** What a container runs that cannot do without it. */
  script: string;
  goesDown(): void;
  comesUp(): Promise<void>;
}

export async function startGuestList(): Promise<GuestList> {
  const server = createServer((_, answer) => answer.end("[]"));
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  await listen(0);
  // That of a server which listens on TCP: https://nodejs.org/api/net.html#serveraddress
  const { port } = server.address() as AddressInfo;
  return {
    // The server that the sandbox builds, whatever the repository holds.
    script: `const read = () => fetch("http://127.0.0.1:${port}").catch(() => {
  console.error("the guest list does not answer");
  process.exit(1);
});
read().then(() => import(process.cwd() + "/server.mjs")).then(() => setInterval(read, 300));`,
    goesDown() {
      server.close();
      server.closeAllConnections();
    },
    comesUp: () => listen(port),
  };
}

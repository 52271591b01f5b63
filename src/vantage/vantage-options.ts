export interface VantageOptions {
  port: number;
  host: string;
  secret: string;
  /** Ports that may be probed. */
  ports: number[];
  /** Addresses that are not the public internet's may be probed too; for a vantage inside a company's network. */
  allowPrivate: boolean;
  clock?: { now(): Date };
}

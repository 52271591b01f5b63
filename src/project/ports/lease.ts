/** Who leads, as the API server keeps it. https://kubernetes.io/docs/concepts/architecture/leases/ */
export interface LeaseRecord {
  /** Empty: released. */
  holder: string;
  /** How long others leave it alone after they last saw it change. */
  durationSeconds: number;
  /** Wall clocks, for people who look; nothing is decided by them. */
  acquiredAt: Date;
  renewedAt: Date;
  /** How often it went from one holder to another. */
  transitions: number;
}

export interface StoredLease {
  record: LeaseRecord;
  /** The API server's resourceVersion: a write is taken only on top of what was read. */
  version: string;
}

/** The one Lease that replicas compete for. Implemented in src/cluster/create-lease.ts. */
export interface Lease {
  /** `undefined`: nobody has made it yet. */
  read(): Promise<StoredLease | undefined>;
  /** `version` undefined: makes it. Rejects (`object-conflict`, `object-exists`) where another was quicker. */
  write(record: LeaseRecord, version: string | undefined): Promise<StoredLease>;
}

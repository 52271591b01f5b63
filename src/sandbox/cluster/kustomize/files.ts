/** What a build may read: an unpacked artifact, held in memory or on disk. Paths are relative to its root, with `/`. */
export interface Files {
  read(path: string): string | undefined;
  isDirectory(path: string): boolean;
  /** Names in a directory, sorted; empty if it is none. */
  list(directory: string): string[];
}

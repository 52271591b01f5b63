/** How a deletion was asked for. */
export interface DeleteOptions {
  dryRun?: boolean;
  propagation?: "Background" | "Foreground" | "Orphan";
  preconditions?: { uid?: string; resourceVersion?: string };
}

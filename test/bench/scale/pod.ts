/**
 * V8 as it sets itself up in a container of 512 MiB (manifests/base/deployment.yaml): a young generation of 2 MB and a
 * heap of half the memory. On a machine without a limit it would be 64 MB and 4 GB, and RSS mostly garbage. The peer gets
 * the same young generation, and as much heap as it needs.
 */
const YOUNG = "--max-semi-space-size=1";
export const POD = {
  own: [YOUNG, "--max-old-space-size=256"],
  peer: [YOUNG],
} as const;

/** Whom somebody may be kept waiting by. */
export type Asked = (typeof ASKED)[number];

export const ASKED = ["github", "registry", "cluster", "slack"] as const;

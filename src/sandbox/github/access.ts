/** How far a permission goes; each includes the ones before it. */
export type Access = "read" | "write" | "admin";

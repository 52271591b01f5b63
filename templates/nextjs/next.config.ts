import type { NextConfig } from "next";

const config: NextConfig = {
  // One directory with all that the server needs: https://nextjs.org/docs/app/api-reference/config/next-config-js/output
  output: "standalone",
  // This directory is the whole project, whatever lockfiles lie above it.
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname },
  poweredByHeader: false,
};

export default config;

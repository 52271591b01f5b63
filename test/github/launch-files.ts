import type { CommitFile } from "../../src/project/ports/github.ts";

const WORKFLOW = `name: build
on:
  push:
    branches: [main]
permissions:
  contents: read
  packages: write
jobs:
  image:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: docker/login-action@v3
        with:
          registry: ghcr.io
          username: \${{ github.actor }}
          password: \${{ secrets.GITHUB_TOKEN }}
      - uses: docker/build-push-action@v6
        with:
          push: true
          tags: ghcr.io/\${{ github.repository }}:\${{ github.sha }}
`;

/** Text, a script, something binary and a workflow: what a template has. */
export const files: CommitFile[] = [
  { path: "README.md", content: "# rrr, größer\n", mode: "100644" },
  { path: "bin/start", content: "#!/bin/sh\n", mode: "100755" },
  { path: "public/icon.png", content: new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 255, 254]), mode: "100644" },
  { path: ".github/workflows/build.yml", content: WORKFLOW, mode: "100644" },
];

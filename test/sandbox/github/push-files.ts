import type { Octokit } from "@octokit/rest";

/** Makes a repository with one commit: auto_init, then one that takes its place through the git data API. Gives the commit. */
export async function pushFiles(
  octokit: Octokit,
  name: string,
  files: Record<string, string>,
  options: { private?: boolean } = {},
): Promise<string> {
  const at = { owner: "acme", repo: name };
  await octokit.repos.createInOrg({ org: "acme", name, auto_init: true, ...options });
  const tree = await octokit.git.createTree({
    ...at,
    tree: Object.entries(files).map(([path, content]) => ({
      path,
      content,
      mode: "100644" as const,
      type: "blob" as const,
    })),
  });
  const commit = await octokit.git.createCommit({ ...at, tree: tree.data.sha, message: "Launch", parents: [] });
  await octokit.git.updateRef({ ...at, ref: "heads/main", sha: commit.data.sha, force: true });
  return commit.data.sha;
}

export const WORKFLOW = `name: build
on:
  push:
    branches: [main]
  workflow_dispatch:
permissions:
  contents: read
  packages: write
env:
  IMAGE: ghcr.io/acme/rrr
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: npm ci
      - name: Test
        run: npm test
  image:
    needs: test
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - id: tag
        run: echo "tag=\${GITHUB_SHA::12}" >> "$GITHUB_OUTPUT"
      - uses: docker/login-action@v3
        with:
          registry: ghcr.io
          username: \${{ github.actor }}
          password: \${{ secrets.GITHUB_TOKEN }}
      - name: Build and push
        uses: docker/build-push-action@v6
        with:
          push: true
          tags: \${{ env.IMAGE }}:\${{ steps.tag.outputs.tag }}
`;

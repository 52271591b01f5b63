/**
 * The commit that a revision of Flux's names: `main@sha1:3f2a…`, `sha1:3f2a…`; before Flux 2.0 `main/3f2a…`.
 * https://fluxcd.io/flux/components/source/gitrepositories/#artifact
 */
export function commitOf(revision: string | undefined): string | undefined {
  return /(?:^|[:/@])([0-9a-f]{40}|[0-9a-f]{64})$/.exec(revision ?? "")?.[1];
}

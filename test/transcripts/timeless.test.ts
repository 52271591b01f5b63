import { expect, test } from "vitest";
import { timeless } from "./timeless.ts";

test("what is another in each run is written as what it is, and what a person needs stays", () => {
  const told = `rrr · launching · 2:41 · about 1:50 left
first commit 3f2a91c, ghcr.io/acme/rrr:3f2a91c0aa11, then 9b1c2d3 and 3f2a91c again
http://rrr.localhost:41827, 1 min 9 s · rrr.localhost → Service → port 3000
49.232.237.136:80 never answers · valid until 2027-02-28 · as of 10:02 UTC, 2026-11-30 10:10 UTC
still failing, 14 times, 22 min 3 s · since 10:02 UTC
kubectl logs rrr-6f5c9d7f4b-x2x4z · https://github.com/acme/rrr/actions/runs/7`;
  expect(timeless(told)).toBe(`rrr · launching · ‹clock› · about ‹clock› left
first commit ‹commit 1›, ghcr.io/acme/rrr:‹commit 1›, then ‹commit 2› and ‹commit 1› again
http://rrr.localhost:‹port›, ‹duration› · rrr.localhost → Service → port 3000
49.232.237.136:80 never answers · valid until ‹date› · as of ‹time›, ‹time›
failing for ‹duration› · since ‹time›
kubectl logs rrr-‹pod› · https://github.com/acme/rrr/actions/runs/‹run›`);
});

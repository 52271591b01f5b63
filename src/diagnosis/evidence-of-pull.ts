import type { Container } from "../facts/pod.ts";

/** What is the same with each try: the kubelet's `Back-off pulling image "…": ` comes and goes between them. */
export function evidenceOfPull({ state }: Container): string {
  if (state.is !== "waiting") return "";
  return state.message
    .replace(/^Back-off pulling image "[^"]*":?\s*/, "")
    .replace(/^ErrImagePull:\s*/, "")
    .replace(/^rpc error: code = \w+ desc = /, "");
}

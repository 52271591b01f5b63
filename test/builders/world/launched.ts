import { createWorld, type MemoryWorld } from "./create-world.ts";

/** A project that lives at its first commit. */
export async function launched(): Promise<{ world: MemoryWorld; first: string }> {
  const world = createWorld();
  world.github.build.seconds = 6;
  await world.create();
  await world.live();
  await world.pass();
  return { world, first: world.status().launch.sha ?? "" };
}

import type { NodeImage } from "./node-images.ts";
import type { Container } from "./pod.ts";

/**
 * The ports of its pod on which a container is taken to listen: the PORT that its manifest gives it, or the ports that it
 * declares, or what its image says. Which one the process really took is a port of this machine, told by PORT as well.
 */
export function listensOn(
  container: Container,
  image: NodeImage,
  environment: Record<string, string>,
): number[] | undefined {
  const told = Number(environment.PORT);
  if (told > 0) return [told];
  if (container.ports.length > 0) return container.ports.map(({ containerPort }) => containerPort);
  const own = image.environment.find((pair) => pair.startsWith("PORT="))?.slice("PORT=".length);
  if (own) return [Number(own)];
  return image.exposedPorts.length > 0 ? image.exposedPorts : undefined;
}

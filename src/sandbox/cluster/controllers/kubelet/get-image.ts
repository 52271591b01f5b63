import type { KubeObject } from "../../store.ts";
import type { Cluster } from "../runtime/cluster.ts";
import { formatGoDuration } from "../runtime/go-duration.ts";
import { backoff } from "./backoff.ts";
import type { ContainerRecord } from "./container-record.ts";
import { parseImage } from "./image-reference.ts";
import type { NodeImage, NodeImages } from "./node-images.ts";
import type { Container } from "./pod.ts";
import type { PodEvents } from "./pod-events.ts";

/** How long a pull takes beyond what the mirror takes, simulated. */
const PULL_MILLISECONDS = { least: 1_500, spread: 3_000 };
/** From ErrImagePull to the next look, which finds the back-off. */
const SYNC_MILLISECONDS = 3_000;

/**
 * The image of a container, pulled if it has to be; tries until there is one, with the kubelet's back-off.
 * https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/kubelet/images/image_manager.go
 */
export async function getImage(options: {
  cluster: Cluster;
  images: NodeImages;
  object: KubeObject;
  container: Container;
  record: ContainerRecord;
  events: PodEvents;
  publish(): void;
  signal: AbortSignal;
}): Promise<NodeImage> {
  const { cluster, images, object, container, record, events, signal } = options;
  const { clock, random } = cluster.world;
  const quoted = JSON.stringify(container.image);
  const isLatest = parseImage(container.image).reference === "latest";
  const policy = container.imagePullPolicy ?? (isLatest ? "Always" : "IfNotPresent");
  const present = images.has(container.image);
  if (present && policy !== "Always") {
    events.say("Normal", "Pulled", `Container image ${quoted} already present on machine`, container.name);
    return present;
  }
  for (let attempt = 0; ; attempt++) {
    events.say("Normal", "Pulling", `Pulling image ${quoted}`, container.name);
    const began = clock.now().getTime();
    const had = await images.pull(container.image, object);
    signal.throwIfAborted();
    if (had.ok) {
      await clock.sleep(PULL_MILLISECONDS.least + random.number() * PULL_MILLISECONDS.spread, signal);
      const took = formatGoDuration(Math.round((clock.now().getTime() - began) * clock.speed));
      events.say(
        "Normal",
        "Pulled",
        `Successfully pulled image ${quoted} in ${took} (${took} including waiting). Image size: ${had.image.size} bytes.`,
        container.name,
      );
      return had.image;
    }
    record.state = { waiting: { reason: "ErrImagePull", message: had.message } };
    options.publish();
    events.say("Warning", "Failed", `Failed to pull image ${quoted}: ${had.message}`, container.name);
    events.say("Warning", "Failed", "Error: ErrImagePull", container.name);
    const delay = backoff(attempt);
    await clock.sleep(Math.min(SYNC_MILLISECONDS, delay), signal);
    const message = `Back-off pulling image ${quoted}: ErrImagePull: ${had.message}`;
    record.state = { waiting: { reason: "ImagePullBackOff", message } };
    options.publish();
    events.say("Normal", "BackOff", `Back-off pulling image ${quoted}`, container.name);
    events.say("Warning", "Failed", "Error: ImagePullBackOff", container.name);
    await clock.sleep(Math.max(0, delay - SYNC_MILLISECONDS), signal);
  }
}

import type { WorldView } from "../../world-view.ts";
import type { Session } from "../session.ts";

const SPEEDS = [1, 2, 4, 10, 20, 50];

/** How fast the simulated work goes. */
export function Clock({ clock, session }: { clock: WorldView["clock"]; session: Session }) {
  const speeds = [...new Set([...SPEEDS, clock.speed])].sort((one, other) => one - other);
  return (
    <label class="clock">
      <span>Speed</span>
      <select
        value={String(clock.speed)}
        onChange={(event) => session.changeWorld("speed", { speed: Number(event.currentTarget.value) })}
      >
        {speeds.map((speed) => (
          <option key={speed} value={String(speed)}>
            {speed}×
          </option>
        ))}
      </select>
    </label>
  );
}

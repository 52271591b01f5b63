import { useEffect, useState } from "preact/hooks";

const INTERVAL = 30_000;

/** The time, for words such as "2 minutes ago", which become wrong by themselves. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), INTERVAL);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** How long things take. */
export const times = {
  /** `5 min 12 s`, `48 s`, `2 h 3 min`, `3 d 4 h`. */
  duration: (seconds: number) => {
    const s = Math.max(0, Math.round(seconds));
    if (s < 60) return `${s} s`;
    if (s < 3600) return s % 60 === 0 ? `${s / 60} min` : `${Math.floor(s / 60)} min ${s % 60} s`;
    if (s < 86_400) return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
    return `${Math.floor(s / 86_400)} d ${Math.floor((s % 86_400) / 3600)} h`;
  },
  /** As a stopwatch shows it: `2:41`, `1:02:41`. */
  stopwatch: (seconds: number) => {
    const s = Math.max(0, Math.round(seconds));
    const two = (n: number) => String(n).padStart(2, "0");
    const rest = `${Math.floor((s % 3600) / 60)}:${two(s % 60)}`;
    return s < 3600 ? rest : `${Math.floor(s / 3600)}:${two(Math.floor((s % 3600) / 60))}:${two(s % 60)}`;
  },
  timeLeft: (time: string) => `about ${time} left`,
  pastUsual: (time: string) => `past the usual ${time}`,
  slowerThanUsual: (time: string) => `slower than usual (${time})`,
  usually: (time: string) => `usually ${time}`,
  /** Of what has waited twice as long as usual. */
  waitedFor: (time: string, usual: string) => `for ${time} already, usually ${usual}`,
  after: (time: string) => `after ${time}`,
  inTime: (time: string) => `in ${time}`,
};

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
  timeLeft: (time: string) => `about ${time} left`,
  pastUsual: (time: string) => `past the usual ${time}`,
  slowerThanUsual: (time: string) => `slower than usual (${time})`,
  usually: (time: string) => `usually ${time}`,
  /** Of what has waited twice as long as usual. */
  waitingFor: (time: string) => `for ${time}`,
  clusterAway: (time: string) =>
    `The cluster’s API server has not answered since ${time}, so what you see here may be older than that. Slipway continues as soon as it answers.`,
  waitedFor: (time: string, usual: string) => `for ${time}, usually ${usual}`,
  after: (time: string) => `after ${time}`,
  inTime: (time: string) => `in ${time}`,
};

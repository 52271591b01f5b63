/**
 * Remembers answers for a while, and one question that is under way for all who ask it meanwhile.
 * What failed is asked again at once.
 */
export function createMemo(milliseconds: number, clock: { now(): Date }) {
  const answers = new Map<string, { answer: Promise<unknown>; until: number }>();

  function remembered<T>(key: string, ask: () => Promise<T>): Promise<T> {
    const known = answers.get(key);
    // A key has one kind of answer: it names the question.
    if (known && known.until > clock.now().getTime()) return known.answer as Promise<T>;
    const answer = ask();
    answers.set(key, { answer, until: clock.now().getTime() + milliseconds });
    answer.catch(() => answers.delete(key));
    return answer;
  }
  return Object.assign(remembered, { forget: () => answers.clear() });
}

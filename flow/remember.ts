/**
 * The same function with a memory of its answers by key. For answers that never change; the keys come from outside data, so
 * the memory is emptied when it is full instead of growing without end.
 */
export function remember<Answer, Key extends string | number = string>(
  limit: number,
  compute: (key: Key) => Answer,
): (key: Key) => Answer {
  const answers = new Map<Key, { answer: Answer }>();
  return (key) => {
    const known = answers.get(key);
    if (known) return known.answer;
    const answer = compute(key);
    if (answers.size >= limit) answers.clear();
    answers.set(key, { answer });
    return answer;
  };
}

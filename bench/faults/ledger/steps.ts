import type { Facts } from "./facts.ts";
import { type Finding, findingOf, groupBy } from "./finding.ts";

const afterStart = new Set(["done", "exited", "timeout", "next"]);

/** I1: a step that runs another flow starts it exactly once, or is told that it could not; and nothing starts by a step that is not there. */
export function runsOnce({ enrollments, runs }: Facts): Finding[] {
  const find = findingOf("I1");
  const started = groupBy(
    enrollments.filter(({ startedBy }) => startedBy !== null),
    ({ startedBy }) => startedBy ?? "",
  );
  const twice = [...started].flatMap(([by, children]) =>
    children.length === 1 ? [] : [find("doubled", by, `a step started ${children.length} runs of a flow`)],
  );
  const wrong = runs.flatMap(({ enrollmentId, visit, handle }) => {
    const by = `${enrollmentId} ${visit}`;
    if (afterStart.has(handle) && !started.has(by)) return [find("lost", by, `left by "${handle}", and nothing ran`)];
    if (!afterStart.has(handle) && started.has(by)) return [find("wrong", by, `left by "${handle}", and it ran`)];
    return [];
  });
  return [...twice, ...wrong];
}

/** I5: a throttle has let on no more people than its pace allows from the first who came to the last who went. */
export function paced({ throttles }: Facts): Finding[] {
  return throttles.flatMap(({ step, people, periodMs, wentOn, firstAt, lastAt }) => {
    const most = people * (Math.floor((lastAt - firstAt) / periodMs) + 1);
    return wentOn <= most ? [] : [findingOf("I5")("wrong", step, `${wentOn} people went on, and ${most} might have`)];
  });
}

/** I3: what we say that the asked system answered, it has answered. */
export function answered({ calls, answers }: Facts): Finding[] {
  return calls
    .filter(({ id, isTaken }) => isTaken && !answers.has(id))
    .map(({ id }) => findingOf("I3")("lost", id, "a call is marked as answered, and nobody answered it"));
}

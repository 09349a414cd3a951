import type { ContactChange } from "../contact.ts";
import type { Rule } from "../rule.ts";
import type { Catalog } from "../template.ts";
import type { Knowledge } from "./knowledge.ts";
import { readable, type Steps } from "./steps.ts";
import { anyNumber, anything, exactly, mayLack, missing, promised, something, type ValueSet } from "./value-set.ts";

/** A path that the flow reads: `head` is the first name after the source, under which the value is written. */
export type Place = { path: string; index: number; source: string; head: string; isWhole: boolean };

/** Every path that the flow reads, by path and by source. */
export type Places = {
  byPath: ReadonlyMap<string, Place>;
  all: readonly Place[];
  bySource: ReadonlyMap<string, readonly Place[]>;
};

/** Facts that every person has, whatever their profile says; an attribute of the same name is never read. */
const builtIn = new Set(["id", "firstName", "locale", "timezone", "tags"]);

/** Every path that a rule or a message of the flow reads: only about these anything is kept. */
export function placesOf(steps: Steps, catalog: Catalog): Places {
  const paths = new Set<string>();
  for (const read of steps.values()) {
    const step = readable(read);
    if (!step) continue;
    const { type, config } = step;
    for (const { path } of type.needs?.(config, catalog) ?? []) paths.add(path);
    for (const { rule } of type.decides?.(config).branches ?? []) pathsIn(rule, paths);
    const opening = type.opensOn?.(config);
    if (opening) pathsIn(opening.rule, paths);
  }
  const all = [...paths].map(placeAt);
  return {
    byPath: new Map(all.map((place) => [place.path, place])),
    all,
    bySource: Map.groupBy(all, (place) => place.source),
  };
}

function pathsIn(rule: Rule, paths: Set<string>): void {
  if ("path" in rule) {
    paths.add(rule.path);
    return;
  }
  for (const part of "all" in rule ? rule.all : "any" in rule ? rule.any : rule.none) pathsIn(part, paths);
}

function placeAt(path: string, index: number): Place {
  const [source = "", head = "", ...below] = path.split(".");
  return { path, index, source, head, isWhole: below.length === 0 };
}

/** What is known of a person who has just come in, before the entry criteria are looked at. */
export const knownAtEntry = (places: Places): Knowledge =>
  places.all.map(({ path, source, head }) => {
    if (path === "contact.id" || path === "contact.tags" || path === "time.now") return something;
    if (source !== "enrollment") return anything;
    if (path === "enrollment.eventName") return something;
    // What steps keep comes later; who enters has kept nothing.
    return head === "key" || head === "eventName" ? anything : missing;
  });

/** After the person stood somewhere for a while: their profile and the time may have changed, what is promised holds. */
export function afterAWhile(known: Knowledge, places: Places): Knowledge {
  const changed = change(known, places.bySource.get("contact"), (value, { path }) => {
    if (path === "contact.id") return value;
    return path === "contact.tags" ? something : loosened(value);
  });
  return change(changed, places.bySource.get("time"), (_, { path }) => (path === "time.now" ? something : anything));
}

/** At any later time, whatever the flow has done meanwhile. `kept` are the names that some step keeps, `lost` the attributes that some step clears. */
export function muchLater(
  known: Knowledge,
  places: Places,
  { kept, lost }: { kept: ReadonlySet<string>; lost: ReadonlySet<string> },
): Knowledge {
  const stayed = change(afterAWhile(known, places), places.bySource.get("contact"), (value, { head }) =>
    lost.has(head) && !builtIn.has(head) ? anything : value,
  );
  return change(stayed, places.bySource.get("enrollment"), (value, { head }) =>
    kept.has(head) ? loosened(value) : value,
  );
}

/** After these changes of the person. */
export function afterChanges(known: Knowledge, places: Places, changes: readonly ContactChange[]): Knowledge {
  const now = new Map<string, ValueSet>();
  let isTagged = false;
  for (const one of changes) {
    if ("tag" in one) isTagged = true;
    else if (one.op === "set") now.set(one.attribute, exactly(one.value));
    else now.set(one.attribute, one.op === "unset" ? missing : anyNumber);
  }
  return change(known, places.bySource.get("contact"), (value, { path, head, isWhole }) => {
    if (head === "tags") return isTagged ? (path === "contact.tags" ? something : anything) : value;
    const changed = builtIn.has(head) ? undefined : now.get(head);
    return changed === undefined ? value : isWhole ? changed : anything;
  });
}

/** What a person's act may leave (heard-values.ts). */
export const heard: ReadonlySet<string> = new Set(["reply", "form"]);

/** After the person did something: their words or the answers of a form may be kept now. */
export const afterHearing = (known: Knowledge, places: Places): Knowledge =>
  change(known, places.bySource.get("enrollment"), (value, { head }) => (heard.has(head) ? loosened(value) : value));

/** After a step kept these names: a value is promised, at the name itself and below it. */
export const afterKeeping = (known: Knowledge, places: Places, names: readonly string[]): Knowledge =>
  change(known, places.bySource.get("enrollment"), (value, { head }) => (names.includes(head) ? promised : value));

/** Another value may stand there now; a promise holds. */
const loosened = (value: ValueSet): ValueSet => (mayLack(value) ? anything : promised);

function change(
  known: Knowledge,
  places: readonly Place[] = [],
  next: (value: ValueSet, place: Place) => ValueSet,
): Knowledge {
  let changed: ValueSet[] | null = null;
  for (const place of places) {
    const before = known[place.index] ?? anything;
    const after = next(before, place);
    if (after === before) continue;
    changed ??= [...known];
    changed[place.index] = after;
  }
  return changed ?? known;
}

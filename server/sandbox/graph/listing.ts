import { GraphError } from "../graph-error.ts";

/** The `fields` asked for, each whole (`a{b,c}`, `a.start(1).end(2)`); null when none were. */
export function fieldsOf(url: URL): string[] | null {
  const asked = url.searchParams.get("fields");
  if (!asked) return null;
  const fields = [""];
  let depth = 0;
  for (const char of asked) {
    if ("{([".includes(char)) depth += 1;
    if ("})]".includes(char)) depth -= 1;
    if (char === "," && depth === 0) fields.push("");
    else fields[fields.length - 1] += char;
  }
  return fields.map((field) => field.trim()).filter((field) => field !== "");
}

/** Only the fields that were asked for, and always the id; `a{b}` and `a.start(1)` count as `a`. */
export function pick(object: Record<string, unknown>, url: URL, defaultFields: string[]): Record<string, unknown> {
  const fields = fieldsOf(url)?.map((field) => /^\w+/.exec(field)?.[0] ?? "") ?? defaultFields;
  return Object.fromEntries(
    ["id", ...fields].filter((field) => Object.hasOwn(object, field)).map((field) => [field, object[field]]),
  );
}

const cursorOf = (index: number): string => Buffer.from(`i:${index}`).toString("base64url");

function indexOf(cursor: string): number {
  const match = /^i:(\d+)$/.exec(Buffer.from(cursor, "base64url").toString("utf8"));
  if (!match) throw new GraphError(100, "Invalid cursor");
  return Number(match[1]);
}

/** One page in Meta's form (section 1): `limit`, `after`, `before`; `next` only when another page follows. */
export function page(items: object[], url: URL, mostPerPage = 500): { data: object[]; paging?: object } {
  const limit = Math.min(Math.max(Number(url.searchParams.get("limit") ?? 25) || 25, 1), mostPerPage);
  const after = url.searchParams.get("after");
  const before = url.searchParams.get("before");
  const start = after ? indexOf(after) + 1 : before ? Math.max(indexOf(before) - limit, 0) : 0;
  const data = items.slice(start, before && !after ? indexOf(before) : start + limit);
  const end = start + data.length;
  const next = new URL(url);
  next.searchParams.set("after", cursorOf(end - 1));
  next.searchParams.delete("access_token");
  return {
    data,
    ...(data.length === 0
      ? {}
      : {
          paging: {
            cursors: { before: cursorOf(start), after: cursorOf(end - 1) },
            ...(end < items.length ? { next: next.href } : {}),
          },
        }),
  };
}

/** A filter's words: one, several between commas, or a JSON list; null when it was not asked for. */
export function listOf(url: URL, name: string): string[] | null {
  const text = url.searchParams.get(name);
  if (text === null || text === "") return null;
  return text
    .replace(/[[\]"]/g, "")
    .split(",")
    .map((word) => word.trim());
}

/** All texts of a value, in small letters, for a search. */
export const wordsOf = (value: unknown): string => JSON.stringify(value).toLowerCase();

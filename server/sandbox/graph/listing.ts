import { GraphError } from "../graph-error.ts";

/** Only the fields that were asked for, and always the id; `a{b}` counts as `a`. */
export function pick(object: Record<string, unknown>, url: URL, defaultFields: string[]): object {
  const asked = url.searchParams.get("fields");
  const fields = asked
    ? asked
        .replace(/\{[^}]*\}/g, "")
        .split(",")
        .map((field) => field.trim())
    : defaultFields;
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
export function page(items: object[], url: URL): object {
  const limit = Math.min(Math.max(Number(url.searchParams.get("limit") ?? 25) || 25, 1), 500);
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

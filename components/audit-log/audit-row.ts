import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/router.ts";

export type AuditRow = inferRouterOutputs<AppRouter>["audit"]["list"]["rows"][number];

const places: Record<string, (id: string) => string> = {
  flow: (id) => `/flows/${id}`,
  template: (id) => `/templates/${id}`,
  channel: (id) => `/channels/${id}`,
  contact: (id) => `/contacts/${id}`,
  approval: (id) => `/approvals?id=${id}`,
};

/** Where the thing of a row is, if it has a place and is still there. */
export const placeOf = ({ subject, subjectId, subjectName }: AuditRow): string | null =>
  subjectName !== null || subject === "contact" ? (places[subject]?.(subjectId) ?? null) : null;

export type Fact = { name: string; before: string | null; after: string };

/** What a row keeps, as lines: values that changed with before and after, everything else as it is. */
export function factsOf(detail: Record<string, unknown>): { changes: Fact[]; facts: Fact[] } {
  const { from, to, before = from, after = to, ...rest } = detail;
  const old = flat(before ?? null, "");
  const fresh = flat(after ?? null, "");
  const names = [...new Set([...old.keys(), ...fresh.keys()])];
  const changes = names
    .filter((name) => old.get(name) !== fresh.get(name))
    .map((name) => ({ name, before: old.get(name) ?? "", after: fresh.get(name) ?? "" }));
  return { changes, facts: [...flat(rest, "")].map(([name, value]) => ({ name, before: null, after: value })) };
}

/** {a: {b: 1}} as "a.b" -> "1". A list is one value: its order is part of what was said. */
function flat(value: unknown, prefix: string): Map<string, string> {
  if (value === null || value === undefined) return new Map();
  if (typeof value !== "object") return new Map([[prefix, String(value)]]);
  if (Array.isArray(value))
    return new Map([[prefix, value.map((one) => (isPlain(one) ? String(one) : JSON.stringify(one))).join(", ")]]);
  return new Map(
    Object.entries(value).flatMap(([name, inner]) => [...flat(inner, prefix === "" ? name : `${prefix}.${name}`)]),
  );
}

const isPlain = (value: unknown): boolean => typeof value !== "object" || value === null;

import type { ApprovalRow } from "#components/approval-ask/approval.ts";

export const tabs = ["for-me", "mine", "decided"] as const;
export type Tab = (typeof tabs)[number];
export type Group = { name: "waiting" | "others" | "own" | "decided"; rows: ApprovalRow[] };

/** What a tab shows, in its groups; a group without rows is left out. */
export function groupsOf(rows: readonly ApprovalRow[], tab: Tab): Group[] {
  const open = rows.filter((row) => row.state === "open");
  const closed = rows.filter((row) => row.state !== "open");
  const groups: Record<Tab, Group[]> = {
    "for-me": [
      { name: "waiting", rows: open.filter((row) => row.isForMe) },
      { name: "own", rows: open.filter((row) => row.isOwn) },
      { name: "others", rows: open.filter((row) => !row.isForMe && !row.isOwn) },
    ],
    mine: [
      { name: "others", rows: open.filter((row) => row.isOwn) },
      { name: "decided", rows: closed.filter((row) => row.isOwn) },
    ],
    decided: [{ name: "decided", rows: closed }],
  };
  return groups[tab].filter((group) => group.rows.length > 0);
}

/** The number on a tab: what is still to be done behind it. */
export const countsOf = (rows: readonly ApprovalRow[]): Record<Tab, number | undefined> => ({
  "for-me": rows.filter((row) => row.isForMe).length,
  mine: rows.filter((row) => row.isOwn && row.state === "open").length,
  decided: undefined,
});

"use client";

import { GitCompareArrows, LayoutTemplate, TriangleAlert, Users, Workflow } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "use-intl";
import type { ApprovalRow } from "#components/approval-ask/approval.ts";
import { stateLooks } from "#components/approval-ask/state-looks.ts";
import { Chip } from "#components/ui/chip.tsx";
import { cn } from "#components/ui/cn.ts";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { Group } from "./queue.ts";

type ApprovalListProps = { groups: Group[]; currentId: string | undefined; hrefOf: (id: string) => string };

/** The queue at the left, in groups; each row is a link to its request. */
export function ApprovalList({ groups, currentId, hrefOf }: ApprovalListProps) {
  const t = useTranslations("approvals.groups");
  return groups.map(({ name, rows }) => (
    <section key={name} aria-label={t(name)}>
      <h2 className="px-4 pt-4 pb-1.5 font-normal text-secondary text-sm">{t(name)}</h2>
      <ul className="border-border border-t">
        {rows.map((row) => (
          <li key={row.id}>
            <Row row={row} isHere={row.id === currentId} href={hrefOf(row.id)} />
          </li>
        ))}
      </ul>
    </section>
  ));
}

function Row({ row, isHere, href }: { row: ApprovalRow; isHere: boolean; href: string }) {
  const t = useTranslations("approvals");
  const Icon = row.subject === "flow" ? Workflow : LayoutTemplate;
  const kind = t(`kinds.${row.subject}`);
  return (
    <Link
      href={href}
      scroll={false}
      aria-current={isHere ? "true" : undefined}
      data-approval={row.id}
      className={cn(
        "relative block min-h-20 border-border border-b px-4 py-2.5 hover:bg-hover focus-visible:-outline-offset-2",
        isHere &&
          "bg-accent-tint before:absolute before:inset-y-0 before:left-0 before:w-0.5 before:bg-accent hover:bg-accent-tint",
      )}
    >
      <span className="flex items-center gap-1.5 text-secondary text-xs">
        <Icon aria-hidden className="size-3.5 shrink-0" />
        <span className="min-w-0 flex-1 truncate">
          {row.beforeVersion === null
            ? t("row.new", { kind })
            : t("row.change", { kind, from: row.beforeVersion, to: row.version })}
        </span>
        <RelativeTime date={row.closedAt ?? row.askedAt} className="shrink-0" />
      </span>
      <span className="mt-0.5 block truncate font-medium text-sm">{row.name}</span>
      <span className="mt-1 flex items-center gap-2">
        <span className="min-w-0 flex-1 truncate text-secondary text-xs">
          <Standing row={row} />
        </span>
        <RowChip row={row} />
      </span>
    </Link>
  );
}

/** Of one's own request who has looked; of another's, whose it is. */
function Standing({ row }: { row: ApprovalRow }) {
  const t = useTranslations("approvals");
  const format = useFormatter();
  if (!row.isOwn || row.state !== "open") return row.askedBy;
  return row.approvers.length === 0
    ? t("nobodyYet")
    : t("lookedAt", { names: format.list(row.approvers, { type: "conjunction" }) });
}

/** One chip: what somebody must know first. */
function RowChip({ row }: { row: ApprovalRow }) {
  const t = useTranslations("approvals");
  if (row.state !== "open")
    return (
      <Chip tone={stateLooks[row.state].tone} icon={stateLooks[row.state].icon}>
        {t(`states.${row.state}`)}
      </Chip>
    );
  if (!row.isCurrent)
    return (
      <Chip tone="warning" icon={GitCompareArrows}>
        {t("changedChip")}
      </Chip>
    );
  if (row.findings > 0 && row.approved === 0)
    return (
      <Chip tone="warning" icon={TriangleAlert}>
        {t("findingsChip", { count: row.findings })}
      </Chip>
    );
  return (
    <Chip icon={Users} aria-label={t("countLabel", { approved: row.approved, needed: row.needed })}>
      <span className="tabular">{t("count", { approved: row.approved, needed: row.needed })}</span>
    </Chip>
  );
}

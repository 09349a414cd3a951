import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { FlowThumbnail } from "#components/flow-thumbnail/flow-thumbnail.tsx";
import { Avatar } from "#components/ui/avatar.tsx";
import { ChangedBy } from "./changed-by.tsx";
import { GoalFigure, PeopleInside } from "./flow-figures.tsx";
import type { FlowRow } from "./flow-row.ts";
import { FlowStatusChip } from "./flow-status-chip.tsx";
import { HeldNote } from "./held-note.tsx";

/** A flow as a card: its picture, its state, its two figures. The whole card is the link; the menu lies above it. */
export function FlowCard({ flow, actions }: { flow: FlowRow; actions: ReactNode }) {
  const t = useTranslations("flows");
  return (
    <li className="group relative flex flex-col overflow-hidden rounded-lg border border-border bg-surface transition-[border-color,box-shadow] focus-within:border-border-strong hover:border-border-strong hover:shadow-(--shadow-floating)">
      <FlowThumbnail shape={flow.shape} className="h-[120px] border-border border-b" />
      <div className="px-4 pt-2.5 pb-2">
        <div className="flex min-h-6 items-center gap-2">
          <h2 className="min-w-0 truncate font-semibold">
            <Link
              href={`/flows/${flow.id}`}
              data-flow-link
              title={flow.name}
              className="outline-none after:absolute after:inset-0 after:rounded-lg focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2"
            >
              {flow.name}
            </Link>
          </h2>
          <FlowStatusChip status={flow.status} />
          {flow.problems > 0 ? (
            <span className="ml-auto inline-flex shrink-0 items-center gap-1 text-warning text-xs">
              <TriangleAlert aria-hidden className="size-3.5" />
              {t("problems", { count: flow.problems })}
            </span>
          ) : null}
        </div>
        <dl className="mt-2 grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] gap-x-4">
          <dt className="truncate text-secondary text-xs">{t("peopleInside")}</dt>
          <dt className="truncate text-secondary text-xs" title={flow.goal?.event}>
            {flow.goal ? t("goalLabel", { event: flow.goal.event }) : t("goal")}
          </dt>
          <dd>
            <PeopleInside flow={flow} />
          </dd>
          <dd className="truncate">
            <GoalFigure flow={flow} />
          </dd>
        </dl>
        {flow.peopleHeld > 0 ? <HeldNote people={flow.peopleHeld} /> : null}
        <div className="mt-1.5 flex min-h-8 items-center gap-2 text-secondary text-xs">
          <Avatar name={flow.updatedBy} size="small" />
          <span className="min-w-0 truncate">
            <ChangedBy flow={flow} />
          </span>
          <span className="relative z-1 -mr-1.5 ml-auto flex items-center gap-1">{actions}</span>
        </div>
      </div>
    </li>
  );
}

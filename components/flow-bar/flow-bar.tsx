"use client";

import { Dot, Pause } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Chip } from "#components/ui/chip.tsx";
import { cn } from "#components/ui/cn.ts";
import { FlowSwitch, type FlowView } from "./flow-switch.tsx";

type FlowBarProps = {
  flow: { id: string; name: string };
  /** In place of the name: a field to change it. */
  name?: ReactNode;
  current: FlowView;
  hasVersion: boolean;
  /** Behind the name: states and how fresh it is. */
  chips?: ReactNode;
  actions?: ReactNode;
};

/** The 48 px bar of a flow's own screens: where we are, which view of it, what can be done. */
export function FlowBar({ flow, name, current, hasVersion, chips, actions }: FlowBarProps) {
  const t = useTranslations("flowBar");
  return (
    <header className="grid h-12 shrink-0 grid-cols-[minmax(0,1fr)_auto_auto] min-[1280px]:grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)] items-center gap-3 border-border border-b bg-surface pr-3 pl-4">
      <div className="flex min-w-0 items-center gap-2">
        <nav aria-label={t("breadcrumb")} className="flex min-w-0 items-center gap-1.5 text-sm min-[1280px]:shrink-0">
          <Link href="/flows" className="shrink-0 text-secondary hover:text-ink">
            {t("flows")}
          </Link>
          <span aria-hidden className="text-tertiary">
            /
          </span>
          {name ?? (
            <h1 className="max-w-64 truncate font-semibold text-base" title={flow.name}>
              {flow.name}
            </h1>
          )}
        </nav>
        {chips}
      </div>
      <FlowSwitch flowId={flow.id} current={current} hasVersion={hasVersion} />
      <div className="flex min-w-0 items-center justify-end gap-2">{actions}</div>
    </header>
  );
}

const looks = {
  active: { tone: "success", icon: Dot },
  paused: { tone: "warning", icon: Pause },
  held: { tone: "danger", icon: Pause },
} as const;

/** Which version runs, and whether it does. */
export function RunningChip({ status, number }: { status: string; number: number }) {
  const t = useTranslations("flowBar");
  if (status !== "active" && status !== "paused" && status !== "held") return null;
  const { tone, icon } = looks[status];
  return (
    <Chip tone={tone} icon={icon} className={cn(status === "active" && "[&_svg]:scale-[2.2]")}>
      {t(`running.${status}`, { number })}
    </Chip>
  );
}

"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { cn } from "#components/ui/cn.ts";
import { CountBadge } from "#components/ui/count-badge.tsx";
import { Tooltip } from "#components/ui/tooltip.tsx";
import { PersonMenu } from "./person-menu.tsx";
import { QuipuMark } from "./quipu-mark.tsx";
import { isCurrent, type Screen, screensFor } from "./screens.ts";

/** The 56 px rail: one icon per screen, the person at the foot. Below 768 px the top bar's menu takes its place. */
export function Rail() {
  const t = useTranslations("shell");
  const session = useSession();
  const pathname = usePathname();
  const badges = useRailBadges();
  const screens = screensFor(session);
  return (
    <nav
      aria-label={t("nav")}
      className="sticky top-0 hidden h-dvh w-14 shrink-0 flex-col items-center border-border border-r bg-surface pb-2.5 md:flex print:hidden"
    >
      <Link
        href="/"
        aria-label="Chasqui"
        className="grid h-12 w-full shrink-0 place-items-center focus-visible:-outline-offset-4"
      >
        <QuipuMark className="size-7" />
      </Link>
      <div className="flex flex-1 flex-col items-center gap-1 pt-2">
        {screens
          .filter(({ isAtFoot }) => !isAtFoot)
          .map((screen) => (
            <RailLink key={screen.id} screen={screen} isHere={isCurrent(screen, pathname)} badge={badges[screen.id]} />
          ))}
      </div>
      <div className="flex flex-col items-center gap-1 pb-2">
        {screens
          .filter(({ isAtFoot }) => isAtFoot)
          .map((screen) => (
            <RailLink key={screen.id} screen={screen} isHere={isCurrent(screen, pathname)} badge={badges[screen.id]} />
          ))}
      </div>
      <PersonMenu side="right" />
    </nav>
  );
}

function RailLink({ screen, isHere, badge }: { screen: Screen; isHere: boolean; badge: number | undefined }) {
  const t = useTranslations("shell");
  const name = t(`screens.${screen.id}`);
  const Icon = screen.icon;
  return (
    <Tooltip text={name} side="right">
      <Link
        href={screen.href}
        aria-label={badge ? t(screen.warns ? "withAlerts" : "withBadge", { name, count: badge }) : name}
        aria-current={isHere ? "page" : undefined}
        className={cn(
          "relative grid size-9 place-items-center rounded-md text-secondary transition-colors hover:bg-hover hover:text-ink",
          isHere && "bg-accent-tint text-accent hover:bg-accent-tint hover:text-accent",
        )}
      >
        <Icon aria-hidden className="size-[18px]" strokeWidth={1.75} />
        <CountBadge count={badge ?? 0} warns={screen.warns} />
      </Link>
    </Tooltip>
  );
}

/** How much waits behind a screen, by screen id. */
export function useRailBadges(): Record<string, number> {
  const { can } = useSession();
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.home.badges.queryOptions(undefined, { enabled: can("see-hand-offs"), refetchInterval: 30_000 }),
  );
  const health = useQuery(
    trpc.health.alerts.queryOptions(undefined, { enabled: can("see-health"), refetchInterval: 30_000 }),
  );
  const approvals = useQuery(
    trpc.approvals.waiting.queryOptions(undefined, { enabled: can("decide-approvals"), refetchInterval: 30_000 }),
  );
  return {
    handOffs: data?.openHandOffs ?? 0,
    health: health.data?.alerts ?? 0,
    approvals: approvals.data?.waiting ?? 0,
  };
}

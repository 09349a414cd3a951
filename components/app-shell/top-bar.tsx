"use client";

import { Menu, Search } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { Bell } from "#components/notifications/bell.tsx";
import { useSession } from "#components/session/session-provider.tsx";
import { Breadcrumb, type Crumb } from "#components/ui/breadcrumb.tsx";
import { cn } from "#components/ui/cn.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { Sheet } from "#components/ui/sheet.tsx";
import { useCommandPalette } from "./command-palette.tsx";
import { HelpMenu } from "./help-menu.tsx";
import { PersonMenu } from "./person-menu.tsx";
import { useRailBadges } from "./rail.tsx";
import { isCurrent, screensFor } from "./screens.ts";
import { useShortcutName } from "./use-shortcut-name.ts";

type TopBarProps = { crumbs: Crumb[] /** Before search: what belongs to the whole page. */; children?: ReactNode };

/** The 48 px bar of every page but the editor's: workspace, where we are, search, help. */
export function TopBar({ crumbs, children }: TopBarProps) {
  const t = useTranslations("shell");
  const { workspace } = useSession();
  return (
    <header className="sticky top-0 z-30 flex h-12 shrink-0 items-center gap-2 border-border border-b bg-surface px-3 md:gap-3 md:px-5 print:hidden">
      <NavSheet />
      <span className="hidden min-w-0 items-center gap-2 md:flex">
        <span
          aria-hidden
          className="grid size-5 shrink-0 place-items-center rounded-xs bg-ink font-semibold text-bg text-mini"
        >
          {workspace.name.charAt(0)}
        </span>
        <span className="truncate font-semibold text-sm">{workspace.name}</span>
        <span aria-hidden className="text-tertiary text-sm">
          /
        </span>
      </span>
      <Breadcrumb crumbs={crumbs} label={t("breadcrumb")} />
      <span className="flex-1" />
      {children}
      <SearchButton />
      <Bell />
      <HelpMenu />
      <span className="md:hidden">
        <PersonMenu side="bottom" />
      </span>
    </header>
  );
}

function SearchButton() {
  const t = useTranslations("shell");
  const { open } = useCommandPalette();
  const shortcut = useShortcutName();
  return (
    <>
      <button
        type="button"
        onClick={open}
        className="hidden h-8 w-60 shrink-0 items-center gap-2 rounded-md border border-border bg-sunken/60 px-2.5 text-secondary text-sm transition-colors hover:border-border-strong lg:flex"
      >
        <Search aria-hidden className="size-4" />
        <span className="flex-1 truncate text-left">{t("search")}</span>
        {shortcut ? <Kbd>{shortcut}</Kbd> : null}
      </button>
      <IconButton icon={Search} label={t("search")} onClick={open} className="lg:hidden" />
    </>
  );
}

/** The rail of small screens. */
function NavSheet() {
  const t = useTranslations("shell");
  const common = useTranslations("common");
  const session = useSession();
  const pathname = usePathname();
  const badges = useRailBadges();
  const [isOpen, setOpen] = useState(false);
  return (
    <Sheet
      open={isOpen}
      onOpenChange={setOpen}
      side="left"
      title={session.workspace.name}
      closeLabel={common("close")}
      className="max-w-72"
      trigger={<IconButton icon={Menu} label={t("openNav")} className="md:hidden" />}
    >
      <nav aria-label={t("nav")} className="-m-2.5 flex flex-col gap-0.5">
        {screensFor(session).map((screen) => {
          const Icon = screen.icon;
          const isHere = isCurrent(screen, pathname);
          return (
            <Link
              key={screen.id}
              href={screen.href}
              onClick={() => setOpen(false)}
              aria-current={isHere ? "page" : undefined}
              className={cn(
                "flex h-10 items-center gap-3 rounded-md px-3 font-medium",
                isHere ? "bg-accent-tint text-accent" : "hover:bg-hover",
              )}
            >
              <Icon aria-hidden className="size-[18px]" strokeWidth={1.75} />
              <span className="flex-1">{t(`screens.${screen.id}`)}</span>
              {badges[screen.id] ? <span className="tabular text-secondary text-sm">{badges[screen.id]}</span> : null}
            </Link>
          );
        })}
      </nav>
    </Sheet>
  );
}

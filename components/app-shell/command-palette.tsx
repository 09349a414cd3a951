"use client";

import { useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { Moon, Search, Sun, Workflow } from "lucide-react";
import { useRouter } from "next/navigation";
import { Dialog } from "radix-ui";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { screensFor } from "./screens.ts";
import { useTheme } from "./theme-provider.tsx";

const Context = createContext<{ open: () => void }>({ open: () => {} });

export const useCommandPalette = () => useContext(Context);

/** Ctrl or ⌘ and K, from everywhere: jumps to a screen or a flow, or does something small. */
export function CommandPaletteProvider({ children }: { children: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  const palette = useMemo(() => ({ open: () => setOpen(true) }), []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey) || event.shiftKey || event.altKey)
        return;
      event.preventDefault();
      setOpen((was) => !was);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  return (
    <Context value={palette}>
      {children}
      <Palette isOpen={isOpen} onOpenChange={setOpen} />
    </Context>
  );
}

const row =
  "flex h-9 items-center gap-2.5 rounded-sm px-2.5 text-sm data-[selected=true]:bg-hover [&_svg]:size-4 [&_svg]:text-secondary";
const heading =
  "[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-secondary [&_[cmdk-group-heading]]:text-xs";

function Palette({ isOpen, onOpenChange }: { isOpen: boolean; onOpenChange: (isOpen: boolean) => void }) {
  const t = useTranslations("shell");
  const session = useSession();
  const router = useRouter();
  const { choose } = useTheme();
  const trpc = useTRPC();
  const flows = useQuery(trpc.home.flowNames.queryOptions(undefined, { enabled: isOpen && session.can("see-flows") }));
  const run = (act: () => void) => () => {
    onOpenChange(false);
    act();
  };
  return (
    <Dialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 animate-fade-in bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          className="floating fixed inset-x-4 top-[14dvh] z-50 mx-auto max-w-xl animate-fade-in overflow-hidden rounded-lg border border-border bg-raised"
        >
          <Dialog.Title className="sr-only">{t("search")}</Dialog.Title>
          <Command label={t("search")} loop>
            <div className="flex items-center gap-2.5 border-border border-b px-4">
              <Search aria-hidden className="size-4 text-tertiary" />
              <Command.Input
                placeholder={t("search")}
                className="h-12 flex-1 bg-transparent text-base outline-none placeholder:text-tertiary"
              />
            </div>
            <Command.List className="max-h-[50dvh] overflow-y-auto p-1.5">
              <Command.Empty className="px-3 py-8 text-center text-secondary text-sm">
                {t("palette.none")}
              </Command.Empty>
              <Command.Group heading={t("palette.screens")} className={heading}>
                {screensFor(session).map(({ id, href, icon: Icon }) => (
                  <Command.Item
                    key={id}
                    value={`screen ${id}`}
                    keywords={[t(`screens.${id}`)]}
                    onSelect={run(() => router.push(href))}
                    className={row}
                  >
                    <Icon aria-hidden />
                    {t(`screens.${id}`)}
                  </Command.Item>
                ))}
              </Command.Group>
              {flows.data?.length ? (
                <Command.Group heading={t("palette.flows")} className={heading}>
                  {flows.data.map((flow) => (
                    <Command.Item
                      key={flow.id}
                      value={flow.id}
                      keywords={[flow.name]}
                      onSelect={run(() => router.push(`/flows/${flow.id}`))}
                      className={row}
                    >
                      <Workflow aria-hidden />
                      <span className="truncate">{flow.name}</span>
                    </Command.Item>
                  ))}
                </Command.Group>
              ) : null}
              <Command.Group heading={t("palette.actions")} className={heading}>
                <Command.Item
                  value="theme dark"
                  keywords={[t("palette.dark")]}
                  onSelect={run(() => choose("dark"))}
                  className={row}
                >
                  <Moon aria-hidden />
                  {t("palette.dark")}
                </Command.Item>
                <Command.Item
                  value="theme light"
                  keywords={[t("palette.light")]}
                  onSelect={run(() => choose("light"))}
                  className={row}
                >
                  <Sun aria-hidden />
                  {t("palette.light")}
                </Command.Item>
              </Command.Group>
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

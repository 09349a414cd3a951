"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { CommandPaletteProvider } from "./command-palette.tsx";
import { Rail } from "./rail.tsx";
import { ThemeProvider } from "./theme-provider.tsx";

/** Rail at the left, the page at the right. The page brings its own bar: `<TopBar>`, or the editor's. */
export function AppShell({ theme, children }: { theme: string; children: ReactNode }) {
  const t = useTranslations("shell");
  return (
    <ThemeProvider initial={theme}>
      <CommandPaletteProvider>
        <a
          href="#main"
          className="floating sr-only z-60 rounded-md bg-accent px-3 py-2 font-medium text-on-accent text-sm focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
        >
          {t("skip")}
        </a>
        <div className="flex min-h-dvh">
          <Rail />
          <main id="main" tabIndex={-1} className="flex min-w-0 flex-1 flex-col outline-none">
            {children}
          </main>
        </div>
      </CommandPaletteProvider>
    </ThemeProvider>
  );
}

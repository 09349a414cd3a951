import "@fontsource-variable/inter/wght.css";
import "@fontsource/jetbrains-mono/latin-400.css";
import "@fontsource/noto-sans-devanagari/devanagari-400.css";
import "@fontsource/noto-sans-devanagari/devanagari-600.css";
import "./globals.css";
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { AwayScreen } from "#components/app-shell/away-screen.tsx";
import { Providers } from "#components/app-shell/providers.tsx";
import { messagesOf } from "./messages.ts";
import { viewer } from "./viewer.ts";

export const metadata: Metadata = {
  title: { default: "Chasqui", template: "%s · Chasqui" },
  icons: { icon: "/icon.svg", apple: "/icon.svg" },
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#1f1d1b" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const { me, language, theme, now, isAway } = await viewer();
  return (
    // The script may have set the class already: what it found is right.
    <html lang={language} className={theme === "dark" ? "dark" : undefined} suppressHydrationWarning>
      <head>
        <script src="/theme.js" />
      </head>
      <body>
        <Providers
          language={language}
          timeZone={me?.workspace.timezone ?? "UTC"}
          messages={messagesOf(language)}
          serverNow={now.getTime()}
        >
          {isAway ? <AwayScreen /> : children}
        </Providers>
      </body>
    </html>
  );
}

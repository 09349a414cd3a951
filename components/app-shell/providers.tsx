"use client";

import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ComponentProps, ReactNode } from "react";
import { IntlProvider, useTranslations } from "use-intl";
import { TrpcProvider } from "#components/trpc-provider/trpc-provider.tsx";
import { ProductTimeProvider } from "#components/ui/product-time.tsx";
import { Toaster } from "#components/ui/toaster.tsx";
import { TooltipProvider } from "#components/ui/tooltip.tsx";

type ProvidersProps = {
  language: string;
  /** The workspace's zone: every time on screen is in it. */
  timeZone: string;
  messages: ComponentProps<typeof IntlProvider>["messages"];
  /** The product's time at render, in milliseconds. */
  serverNow: number;
  children: ReactNode;
};

/** English dates and clocks as most of our readers write them: 22 Nov 2026, 14:05. */
const regionOf: Record<string, string> = { en: "en-GB" };

/** Names for `format.dateTime(date, "time")`: 24-hour clocks in both languages, as bank staff write them. */
const formats: ComponentProps<typeof IntlProvider>["formats"] = {
  dateTime: {
    time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    day: { day: "numeric", month: "short" },
    dayTime: { weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    moment: { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  },
};

export function Providers({ language, timeZone, messages, serverNow, children }: ProvidersProps) {
  return (
    <IntlProvider locale={regionOf[language] ?? language} timeZone={timeZone} messages={messages} formats={formats}>
      <ProductTimeProvider serverNow={serverNow}>
        <NuqsAdapter>
          <TrpcProvider>
            <TooltipProvider>
              {children}
              <NamedToaster />
            </TooltipProvider>
          </TrpcProvider>
        </NuqsAdapter>
      </ProductTimeProvider>
    </IntlProvider>
  );
}

function NamedToaster() {
  const t = useTranslations("common");
  return <Toaster label={t("notifications")} />;
}

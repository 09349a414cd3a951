"use client";

import { DatabaseZap } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { EmptyState } from "#components/ui/empty-state.tsx";

const retryMs = 3_000;

/** In place of every page while the database is away; goes away by itself. */
export function AwayScreen() {
  const t = useTranslations("lost");
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), retryMs);
    return () => clearInterval(timer);
  }, [router]);
  return (
    <main className="mx-auto w-full max-w-xl px-4 py-16">
      <EmptyState icon={DatabaseZap} title={<h1 className="text-h2">{t("awayTitle")}</h1>}>
        {t("awayBody")}
      </EmptyState>
    </main>
  );
}

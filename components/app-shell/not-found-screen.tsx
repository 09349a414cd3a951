"use client";

import { Compass } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

/** An address that leads nowhere; also what another workspace's id looks like. */
export function NotFoundScreen() {
  const t = useTranslations("lost");
  const home = (
    <Button asChild variant="primary">
      <Link href="/">{t("home")}</Link>
    </Button>
  );
  return (
    <div className="mx-auto w-full max-w-xl px-4 py-16">
      <EmptyState icon={Compass} title={<h1 className="text-h2">{t("title")}</h1>} action={home}>
        {t("body")}
      </EmptyState>
    </div>
  );
}

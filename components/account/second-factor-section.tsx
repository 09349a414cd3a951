"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { ShieldAlert, ShieldCheck } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Section } from "#components/ui/section.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { AppRouter } from "#server/router.ts";
import { RemoveDialog } from "./remove-dialog.tsx";
import { RenewDialog } from "./renew-dialog.tsx";
import { SetUpDialog } from "./set-up-dialog.tsx";

type Factor = inferRouterOutputs<AppRouter>["secondFactor"]["read"];
type Open = "set-up" | "renew" | "remove" | null;

/** One's own second factor: whether it is on, how many recovery codes are left, and what can be done about it. */
export function SecondFactorSection() {
  const t = useTranslations("secondFactor");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const client = useQueryClient();
  const router = useRouter();
  const [open, setOpen] = useState<Open>(null);
  const query = useQuery(trpc.secondFactor.read.queryOptions());
  const close = () => {
    setOpen(null);
    void client.invalidateQueries(trpc.secondFactor.read.queryFilter());
    router.refresh();
  };
  return (
    <Section title={t("title")} help={t("help")}>
      {query.isPending ? (
        <Skeleton className="h-8 w-64" />
      ) : query.isError ? (
        <ErrorState title={t("failed")} retryLabel={common("retry")} onRetry={() => query.refetch()} />
      ) : (
        <State factor={query.data} onOpen={setOpen} />
      )}
      {open === "set-up" ? <SetUpDialog onClose={close} /> : null}
      {open === "renew" ? <RenewDialog onClose={close} /> : null}
      {open === "remove" ? <RemoveDialog onClose={close} /> : null}
    </Section>
  );
}

function State({ factor, onOpen }: { factor: Factor; onOpen: (open: Open) => void }) {
  const t = useTranslations("secondFactor");
  if (!factor.isOn)
    return (
      <>
        {factor.isNeeded ? (
          <Callout tone="warning" icon={ShieldAlert}>
            {t("needed")}
          </Callout>
        ) : null}
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="text-sm">{t("off")}</p>
          <Button variant="primary" onClick={() => onOpen("set-up")}>
            {t("setUp")}
          </Button>
        </div>
      </>
    );
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <p className="flex flex-wrap items-center gap-2 text-sm" role="status">
        <Chip tone="success" icon={ShieldCheck}>
          {t("on")}
        </Chip>
        <span className={factor.recoveryCodesLeft < 3 ? "text-warning" : "text-secondary"}>
          {t("left", { count: factor.recoveryCodesLeft })}
        </span>
      </p>
      <span className="flex flex-wrap gap-2">
        <Button onClick={() => onOpen("renew")}>{t("renew")}</Button>
        <Button onClick={() => onOpen("remove")}>{t("remove")}</Button>
      </span>
    </div>
  );
}

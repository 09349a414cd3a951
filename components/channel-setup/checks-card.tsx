"use client";

import { useMutation } from "@tanstack/react-query";
import { RotateCw, Stethoscope } from "lucide-react";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Card, CardBody, CardHeader, CardTitle } from "#components/ui/card.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Spinner } from "#components/ui/spinner.tsx";
import { CheckList } from "./check-list.tsx";

/** Asks WhatsApp and our own address; after a number was connected it asks by itself. */
export function ChecksCard({ channelId }: { channelId: string }) {
  const t = useTranslations("channelSetup");
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const [wish, setWish] = useQueryState("check", parseAsStringLiteral(["now"]));
  const { mutate, ...check } = useMutation(trpc.channelSetup.check.mutationOptions());
  useEffect(() => {
    if (wish !== "now") return;
    void setWish(null);
    mutate({ channelId });
  }, [wish, setWish, mutate, channelId]);
  const { data } = check;
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("checksTitle")}</CardTitle>
        <Button size="dense" isBusy={check.isPending} onClick={() => mutate({ channelId })}>
          {check.isPending ? null : <RotateCw aria-hidden />}
          {t(data ? "checkAgain" : "checkNow")}
        </Button>
      </CardHeader>
      <CardBody>
        <div aria-live="polite">
          {check.isPending && !data ? (
            <p className="flex items-center gap-2 py-8 text-secondary text-sm">
              <Spinner /> {t("checking")}
            </p>
          ) : null}
          {check.isError ? (
            <ErrorState title={errorWords(check.error)} retryLabel={t("retry")} onRetry={() => mutate({ channelId })} />
          ) : null}
          {data ? (
            <>
              <p className="mb-2.5 text-secondary text-sm">{t(verdictOf(data.checks))}</p>
              <CheckList checks={data.checks} />
              <p className="mt-2.5 text-secondary text-xs">
                {data.lastCallAt
                  ? t.rich("lastCall", { when: () => <RelativeTime date={data.lastCallAt ?? data.at} /> })
                  : t("noCallYet")}
              </p>
            </>
          ) : null}
        </div>
        {check.isIdle ? (
          <div className="flex flex-col items-center px-6 py-8 text-center">
            <Stethoscope aria-hidden className="mb-2 size-6 text-tertiary" />
            <p className="max-w-sm text-secondary text-sm">{t("checksBody")}</p>
          </div>
        ) : null}
      </CardBody>
    </Card>
  );
}

function verdictOf(checks: { state: string }[]): "allWell" | "someToLookAt" | "doesNotWork" {
  if (checks.some(({ state }) => state === "failed")) return "doesNotWork";
  return checks.some(({ state }) => state === "warning") ? "someToLookAt" : "allWell";
}

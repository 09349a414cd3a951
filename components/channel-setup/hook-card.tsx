"use client";

import { useMutation } from "@tanstack/react-query";
import { Cable } from "lucide-react";
import { toast } from "sonner";
import { useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Card, CardBody, CardHeader, CardTitle } from "#components/ui/card.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";

type HookCardProps = { channelId: string; hook: { url: string; verifyToken: string | null } };

/** Where WhatsApp brings answers and statuses: by one press, or by hand with what is to be copied. */
export function HookCard({ channelId, hook }: HookCardProps) {
  const t = useTranslations("channelSetup");
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const subscribe = useMutation(
    trpc.channelSetup.subscribe.mutationOptions({
      onSuccess: () => toast.success(t("subscribed")),
      onError: (error) => toast.error(errorWords(error)),
    }),
  );
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("hookTitle")}</CardTitle>
      </CardHeader>
      <CardBody className="space-y-3">
        <p className="text-secondary text-sm">{t("hookBody")}</p>
        <Button isBusy={subscribe.isPending} onClick={() => subscribe.mutate({ channelId })}>
          <Cable aria-hidden />
          {t("subscribe")}
        </Button>
        <details className="group">
          <summary className="cursor-pointer rounded-xs text-accent text-sm">{t("byHand")}</summary>
          <p className="mt-2 text-secondary text-xs">{t("byHandBody")}</p>
          <dl className="mt-2 space-y-2.5">
            <Copied label={t("hookUrl")} text={hook.url} />
            {hook.verifyToken ? <Copied label={t("verifyToken")} text={hook.verifyToken} /> : null}
          </dl>
        </details>
      </CardBody>
    </Card>
  );
}

function Copied({ label, text }: { label: string; text: string }) {
  const t = useTranslations("channelSetup");
  return (
    <div>
      <dt className="flex items-center justify-between gap-2 font-medium text-xs">
        {label}
        <CopyButton text={text} label={t("copy")} copiedLabel={t("copied")} aria-label={t("copyOf", { what: label })} />
      </dt>
      <dd className="mt-1 break-all rounded-md bg-sunken px-2.5 py-1.5 font-mono text-xs">{text}</dd>
    </div>
  );
}

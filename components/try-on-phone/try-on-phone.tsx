"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { CircleCheck, Smartphone } from "lucide-react";
import { useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { languageInSentence } from "#components/template-words/language-name.ts";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { toast } from "#components/ui/toaster.tsx";

type What = { approvalId: string } | { templateId: string };

type TryOnPhoneProps = {
  what: What;
  /** The language to try; without one each customer's own. */
  language?: string;
  /** Saves what is typed first; false: it could not be saved. */
  before?: () => Promise<boolean>;
  /** Only its sign in a narrow window, where it stands among many. */
  isBrief?: boolean;
};

/** Puts the text with its samples on a demo customer's phone, and leads there. Only in a demo, where there are phones. */
export function TryOnPhone(props: TryOnPhoneProps) {
  const t = useTranslations("tryOnPhone");
  const common = useTranslations("common");
  const { isDemo, can } = useSession();
  if (!isDemo || !can("use-sandbox")) return null;
  return (
    <Dialog
      trigger={
        <Button title={t("open")}>
          <Smartphone aria-hidden />
          <span className={props.isBrief ? "max-xl:sr-only" : undefined}>{t("open")}</span>
        </Button>
      }
      title={t("title")}
      description={t("description")}
      closeLabel={common("close")}
    >
      <Phones {...props} />
    </Dialog>
  );
}

function Phones({ what, language, before }: TryOnPhoneProps) {
  const t = useTranslations("tryOnPhone");
  const common = useTranslations("common");
  const locale = useLocale();
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const query = useQuery(trpc.sandboxPhones.list.queryOptions());
  const send = useMutation(trpc.sandboxPhones.tryTemplate.mutationOptions());
  const [shownOn, setShownOn] = useState<{ externalId: string; firstName: string; language: string } | null>(null);
  const show = async (phone: { contactId: string; externalId: string; firstName: string; locale: string }) => {
    try {
      if (before && !(await before())) return;
      const answer = await send.mutateAsync({
        ...what,
        contactId: phone.contactId,
        language: language ?? phone.locale,
      });
      setShownOn({ ...phone, language: answer.language });
    } catch (error) {
      toast.error(t("failed"), { description: errorWords(error) });
    }
  };
  if (query.isError)
    return <ErrorState title={t("phonesFailed")} retryLabel={common("retry")} onRetry={() => query.refetch()} />;
  if (!query.data) return <Skeleton className="h-40" />;
  return (
    <div className="space-y-4">
      {shownOn ? (
        <Callout
          tone="success"
          icon={CircleCheck}
          action={
            <Button asChild size="dense">
              <a href={`/sandbox?phones=${shownOn.externalId}`} target="chasqui-phone" rel="noreferrer">
                {t("look")}
              </a>
            </Button>
          }
        >
          <span role="status">
            {t("shown", { name: shownOn.firstName, language: languageInSentence(shownOn.language, locale) })}
          </span>
        </Callout>
      ) : null}
      <ul className="divide-y divide-border rounded-lg border border-border">
        {query.data.phones.map((phone) => (
          <li key={phone.contactId} className="flex items-center gap-3 px-3 py-2.5">
            <Avatar name={`${phone.firstName} ${phone.lastName}`} />
            <span className="min-w-0 flex-1 text-sm">
              <span className="block truncate font-medium">
                {phone.firstName} {phone.lastName}
              </span>
              <span className="block text-secondary text-xs">
                {t("reads", { language: languageInSentence(phone.locale, locale) })}
              </span>
            </span>
            <Button
              size="dense"
              isBusy={send.isPending && send.variables?.contactId === phone.contactId}
              disabled={send.isPending}
              aria-label={t("showOn", { name: phone.firstName })}
              onClick={() => show(phone)}
            >
              {t("show")}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

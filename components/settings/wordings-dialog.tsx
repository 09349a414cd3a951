import { useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { repeated } from "#components/ui/in-order.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";

type WordingsDialogProps = { retired: readonly string[]; onChange: (retired: string[]) => void; onClose: () => void };

/** The words to which people have agreed, newest first: those that are not ticked count no more. */
export function WordingsDialog({ retired, onChange, onClose }: WordingsDialogProps) {
  const t = useTranslations("settings.consent.wordings");
  const common = useTranslations("common");
  const purposes = useTranslations("contacts.purpose");
  const format = useFormatter();
  const errorWords = useErrorWords();
  const query = useQuery(useTRPC().settings.wordings.queryOptions());
  const day = (at: Date) => format.dateTime(at, { dateStyle: "medium" });
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t("title")}
      description={t("help")}
      closeLabel={common("close")}
      className="max-w-2xl"
      footer={
        <Button variant="primary" onClick={onClose}>
          {t("done")}
        </Button>
      }
    >
      {query.isPending ? (
        <div className="space-y-3">
          {repeated(3, () => (
            <div className="space-y-1.5 py-1">
              <Skeleton className="w-5/6" />
              <Skeleton className="h-3 w-1/2" />
            </div>
          ))}
        </div>
      ) : query.isError ? (
        <ErrorState title={t("failed")} retryLabel={common("retry")} onRetry={() => query.refetch()}>
          {errorWords(query.error)}
        </ErrorState>
      ) : query.data.length === 0 ? (
        <p className="text-secondary text-sm">{t("none")}</p>
      ) : (
        <ul className="divide-y divide-border">
          {query.data.map(({ key, wording, purposes: given, first, last, consents }) => (
            <li key={key} className="py-2.5 first:pt-0 last:pb-0">
              <Checkbox
                label={wording}
                help={t("used", {
                  purposes: format.list(given.map((purpose) => purposes(purpose))),
                  first: day(first),
                  last: day(last),
                  consents,
                })}
                checked={!retired.includes(key)}
                onCheckedChange={(counts) =>
                  onChange(counts === true ? retired.filter((other) => other !== key) : [...retired, key])
                }
              />
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}

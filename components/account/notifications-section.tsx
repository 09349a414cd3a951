"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { MailWarning, MailX } from "lucide-react";
import { useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Callout } from "#components/ui/callout.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Section } from "#components/ui/section.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { readPreferences } from "#server/notifications/preferences.ts";

type Preferences = Awaited<ReturnType<typeof readPreferences>>;
type Preference = Preferences["kinds"][number];

/** Which kinds one hears of in Chasqui and which by e-mail; each switch counts at once. */
export function NotificationsSection() {
  const t = useTranslations("notifications.preferences");
  const common = useTranslations("common");
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const query = useQuery(trpc.notifications.preferences.queryOptions());
  return (
    <div id="notifications" className="scroll-mt-16">
      <Section title={t("title")} help={t("help")}>
        {query.isError ? (
          <ErrorState title={t("failedTitle")} retryLabel={common("retry")} onRetry={() => query.refetch()}>
            {errorWords(query.error)}
          </ErrorState>
        ) : query.data ? (
          <Chosen preferences={query.data} />
        ) : (
          <Skeleton className="h-80 w-full" />
        )}
      </Section>
    </div>
  );
}

function Chosen({ preferences }: { preferences: Preferences }) {
  const t = useTranslations("notifications.preferences");
  const groups = useTranslations("notifications.groups");
  const set = useSetPreference();
  const { kinds, isMailOn, email, lastError } = preferences;
  return (
    <>
      {isMailOn ? (
        <p className="text-secondary text-sm">{t("to", { email })}</p>
      ) : (
        <Callout tone="neutral" icon={MailX}>
          {t("off")}
        </Callout>
      )}
      {lastError ? (
        <Callout tone="warning" icon={MailWarning}>
          {t("failed", { error: lastError })}
        </Callout>
      ) : null}
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">{t("caption")}</caption>
        <thead>
          <tr className="border-border border-b text-left text-secondary text-xs">
            <th scope="col" className="py-1.5 pr-3 font-medium">
              {t("kind")}
            </th>
            <th scope="col" className="w-20 px-1 py-1.5 text-center font-medium">
              {t("inApp")}
            </th>
            <th scope="col" className="w-20 py-1.5 pl-1 text-center font-medium">
              {t("byMail")}
            </th>
          </tr>
        </thead>
        {[...Map.groupBy(kinds, ({ group }) => group)].map(([group, own]) => (
          <tbody key={group}>
            <tr>
              <th scope="rowgroup" colSpan={3} className="pt-3.5 pb-1 text-left font-semibold text-xs">
                {groups(group)}
              </th>
            </tr>
            {own.map((preference) => (
              <Choice key={preference.kind} preference={preference} onChange={set} />
            ))}
          </tbody>
        ))}
      </table>
    </>
  );
}

type Change = Pick<Preference, "kind" | "inApp" | "byMail">;

function Choice({ preference, onChange }: { preference: Preference; onChange: (change: Change) => void }) {
  const t = useTranslations("notifications.preferences");
  const kinds = useTranslations("notifications.kinds");
  const { kind, inApp, byMail } = preference;
  const name = kinds(`${kind}.name`);
  return (
    <tr className="border-border border-b last:border-b-0">
      <th scope="row" className="py-2 pr-3 text-left font-normal">
        {name}
      </th>
      <td className="px-1 text-center [&>button]:align-middle">
        <Switch
          checked={inApp}
          aria-label={t("inAppOf", { name })}
          onCheckedChange={(next) => onChange({ kind, inApp: next, byMail })}
        />
      </td>
      <td className="pl-1 text-center [&>button]:align-middle">
        <Switch
          checked={byMail}
          aria-label={t("byMailOf", { name })}
          onCheckedChange={(next) => onChange({ kind, inApp, byMail: next })}
        />
      </td>
    </tr>
  );
}

/** Shown at once, and taken back where the server says no. */
function useSetPreference(): (change: Change) => void {
  const t = useTranslations("notifications.preferences");
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const client = useQueryClient();
  const queryKey = trpc.notifications.preferences.queryKey();
  const { mutate } = useMutation(
    trpc.notifications.setPreference.mutationOptions({
      onMutate: (change) =>
        client.setQueryData(queryKey, (old) =>
          old
            ? { ...old, kinds: old.kinds.map((row) => (row.kind === change.kind ? { ...row, ...change } : row)) }
            : old,
        ),
      onError: (error) => toast.error(t("saveFailed"), { description: errorWords(error) }),
      onSettled: () => client.invalidateQueries({ queryKey }),
    }),
  );
  return mutate;
}

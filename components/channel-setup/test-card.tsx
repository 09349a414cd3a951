"use client";

import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { Send } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useCheckWords } from "#components/gate-checks/use-check-words.ts";
import { MessageStatusChip } from "#components/phone/message-status-chip.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Card, CardBody, CardHeader, CardTitle } from "#components/ui/card.tsx";
import { Combobox, type ComboboxOption } from "#components/ui/combobox.tsx";
import { Field } from "#components/ui/field.tsx";
import type { AppRouter } from "#server/router.ts";

/** A message to one person by the way that all messages go, and what becomes of it. */
export function TestCard({ isSending }: { isSending: boolean }) {
  const t = useTranslations("channelSetup");
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const [contactId, setContact] = useState<string | null>(null);
  const [templateId, setTemplate] = useState<string | null>(null);
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState<ComboboxOption[]>([]);
  const people = useQuery(
    trpc.contacts.list.queryOptions({ consent: "service", search: typed }, { placeholderData: keepPreviousData }),
  );
  const found = (people.data?.rows ?? []).map(optionOf);
  const templates = useQuery(trpc.channelSetup.testTemplates.queryOptions());
  const send = useMutation(trpc.channelSetup.sendTest.mutationOptions());
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("testTitle")}</CardTitle>
      </CardHeader>
      <CardBody className="space-y-3">
        <p className="text-secondary text-sm">{t(isSending ? "testBody" : "testOther")}</p>
        <Field label={t("testPerson")}>
          <Combobox
            value={contactId}
            onValueChange={(id) => {
              setContact(id);
              // The list goes on with what is typed next; who was picked stays on it.
              setChosen(found.filter(({ value }) => value === id));
            }}
            onTyped={setTyped}
            placeholder={t("pickPerson")}
            searchPlaceholder={t("searchPerson")}
            emptyText={t("nobody")}
            options={[...chosen.filter(({ value }) => !found.some((one) => one.value === value)), ...found]}
          />
        </Field>
        <Field label={t("testTemplate")}>
          <Combobox
            value={templateId}
            onValueChange={setTemplate}
            placeholder={t("pickTemplate")}
            searchPlaceholder={t("searchTemplate")}
            emptyText={t("noTemplate")}
            options={(templates.data ?? []).map(({ id, name, body }) => ({ value: id, label: name, hint: body }))}
          />
        </Field>
        <Button
          variant="primary"
          disabled={!contactId || !templateId}
          isBusy={send.isPending}
          onClick={() => contactId && templateId && send.mutate({ contactId, templateId })}
        >
          {send.isPending ? null : <Send aria-hidden />}
          {t("sendTest")}
        </Button>
        <div aria-live="polite">
          {send.isError ? <p className="text-danger text-sm">{errorWords(send.error)}</p> : null}
          {send.data ? <Outcome messageId={send.data.messageId} /> : null}
        </div>
      </CardBody>
    </Card>
  );
}

type Person = inferRouterOutputs<AppRouter>["contacts"]["list"]["rows"][number];

const optionOf = ({ id, firstName, lastName, externalId, phone }: Person): ComboboxOption => ({
  value: id,
  label: [firstName, lastName].filter(Boolean).join(" ") || (externalId ?? id),
  hint: phone,
  keywords: externalId ? [externalId] : [],
});

const over = ["delivered", "read", "failed", "skipped", "unknown"];

/** Looks again until it is over: delivered, not sent, or nobody knows. */
function Outcome({ messageId }: { messageId: string }) {
  const reasons = useTranslations("reasons");
  const trpc = useTRPC();
  const words = useCheckWords();
  const { data } = useQuery(
    trpc.channelSetup.testMessage.queryOptions(
      { messageId },
      { refetchInterval: ({ state }) => (over.includes(state.data?.status ?? "") ? false : 700) },
    ),
  );
  if (!data) return null;
  const stopped = data.checks?.filter(({ verdict }) => verdict !== "pass") ?? [];
  return (
    <div className="space-y-1.5 text-sm">
      <p className="flex flex-wrap items-center gap-2">
        <MessageStatusChip status={data.status} />
        {data.reason ? <span>{reasons.has(data.reason) ? reasons(data.reason) : data.reason}</span> : null}
      </p>
      {stopped.length > 0 ? (
        <ul className="list-disc pl-5 text-secondary text-xs">
          {stopped.map((check) => (
            <li key={check.check}>
              {words.name(check)}: {words.value(check.seen)}
            </li>
          ))}
        </ul>
      ) : null}
      {data.errorDetail ? <p className="font-mono text-danger text-xs">{data.errorDetail}</p> : null}
    </div>
  );
}

"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { Send } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { TestOutcome } from "#components/test-send/test-outcome.tsx";
import { optionOfPerson } from "#components/test-send/test-person.ts";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Card, CardBody, CardHeader, CardTitle } from "#components/ui/card.tsx";
import { Combobox } from "#components/ui/combobox.tsx";
import { Field } from "#components/ui/field.tsx";
import { TestNumbers } from "./test-numbers.tsx";

/** A message to a test number by the way that all messages go, and what becomes of it. */
export function TestCard({ isSending }: { isSending: boolean }) {
  const t = useTranslations("channelSetup");
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const mayManage = useSession().can("manage-channels");
  const [contactId, setContact] = useState<string | null>(null);
  const [templateId, setTemplate] = useState<string | null>(null);
  const people = useQuery(trpc.channelSetup.testNumbers.queryOptions()).data ?? [];
  const templates = useQuery(trpc.channelSetup.testTemplates.queryOptions());
  const send = useMutation(trpc.channelSetup.sendTest.mutationOptions());
  const chosen = people.some((person) => person.contactId === contactId) ? contactId : null;
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("testTitle")}</CardTitle>
      </CardHeader>
      <CardBody className="space-y-3">
        <p className="text-secondary text-sm">{t(isSending ? "testBody" : "testOther")}</p>
        {mayManage ? <TestNumbers people={people} /> : null}
        <Field label={t("testPerson")}>
          <Combobox
            value={chosen}
            onValueChange={setContact}
            placeholder={t("pickNumber")}
            searchPlaceholder={t("searchPerson")}
            emptyText={t("noNumber")}
            options={people.map((person) => optionOfPerson(person.contactId, person))}
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
          disabled={!chosen || !templateId}
          isBusy={send.isPending}
          onClick={() => chosen && templateId && send.mutate({ contactId: chosen, templateId })}
        >
          {send.isPending ? null : <Send aria-hidden />}
          {t("sendTest")}
        </Button>
        <div aria-live="polite">
          {send.isError ? <p className="text-danger text-sm">{errorWords(send.error)}</p> : null}
          {send.data ? <TestOutcome messageId={send.data.messageId} /> : null}
        </div>
      </CardBody>
    </Card>
  );
}

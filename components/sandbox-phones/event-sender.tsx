"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Send } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { useFormatter, useTranslations } from "use-intl";
import { z } from "zod";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Combobox } from "#components/ui/combobox.tsx";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import type { PhonesList } from "./phones-list.ts";

/** Sends an event through the real door, about one of the shown people; below it, what comes next by the clock alone. */
export function EventSender({ list }: { list: PhonesList | undefined }) {
  const t = useTranslations("sandboxPhones");
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const client = useQueryClient();
  const events = useQuery(trpc.flows.eventNames.queryOptions()).data ?? [];
  const [contactId, setContactId] = useState<string>();
  const [name, setName] = useState("kyc.incomplete");
  const [draft, setDraft] = useState<string>();
  const chosenId = contactId ?? list?.phones[0]?.contactId;
  const text = draft ?? JSON.stringify(events.find((event) => event.name === name)?.sample ?? {}, null, 2);
  const parsed = parseProperties(text);
  const send = useMutation(
    trpc.sandboxPhones.sendEvent.mutationOptions({
      onSuccess: () => toast.success(t("sent")),
      onError: (error) => toast.error(errorWords(error)),
      onSettled: () => client.invalidateQueries(trpc.sandboxPhones.list.pathFilter()),
    }),
  );
  const submit = () =>
    chosenId && "value" in parsed ? send.mutate({ contactId: chosenId, name, properties: parsed.value }) : undefined;
  return (
    <aside
      aria-label={t("sendEvent")}
      className="w-full shrink-0 space-y-3.5 rounded-lg border border-border bg-surface p-4 xl:w-[304px]"
      onKeyDown={(event) => (event.key === "Enter" && event.ctrlKey ? submit() : undefined)}
    >
      <h2 className="font-semibold text-base">{t("sendEvent")}</h2>
      <Field label={t("about")}>
        <Select
          value={chosenId}
          onValueChange={setContactId}
          options={(list?.phones ?? []).map((phone) => ({
            value: phone.contactId,
            label: `${phone.firstName} ${phone.lastName}`,
          }))}
        />
      </Field>
      <Field label={t("happened")}>
        <Combobox
          value={name}
          onValueChange={(next) => {
            setName(next);
            setDraft(undefined);
          }}
          options={events.map((event) => ({ value: event.name, label: event.name }))}
          placeholder={t("happened")}
          searchPlaceholder={t("findEvent")}
          emptyText={t("noEvent")}
          createLabel={(typed) => t("newEvent", { name: typed })}
        />
      </Field>
      <Field label={t("asJson")} error={"problem" in parsed ? t("badJson", { problem: parsed.problem }) : undefined}>
        <Textarea
          rows={7}
          spellCheck={false}
          className="font-mono text-xs"
          value={text}
          onChange={(event) => setDraft(event.target.value)}
        />
      </Field>
      <Button
        variant="primary"
        className="w-full"
        isBusy={send.isPending}
        disabled={!chosenId || "problem" in parsed}
        onClick={submit}
      >
        <Send aria-hidden />
        {t("sendButton")}
      </Button>
      <ComingUp list={list} />
    </aside>
  );
}

const Properties = z.record(z.string(), z.json());

function parseProperties(text: string): { value: z.output<typeof Properties> } | { problem: string } {
  try {
    const parsed = Properties.safeParse(JSON.parse(text));
    return parsed.success ? { value: parsed.data } : { problem: "{ … }" };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : "" };
  }
}

function ComingUp({ list }: { list: PhonesList | undefined }) {
  const t = useTranslations("sandboxPhones");
  const format = useFormatter();
  const nameOf = (contactId: string) => list?.phones.find((phone) => phone.contactId === contactId)?.firstName ?? "";
  const planned = list?.planned.slice(0, 5) ?? [];
  return (
    <section className="border-border border-t pt-3">
      <h3 className="mb-1.5 text-secondary text-sm">{t("comingUp")}</h3>
      {planned.length === 0 ? <p className="text-sm text-tertiary">{t("nothingComing")}</p> : null}
      <ul className="space-y-1.5 text-sm">
        {planned.map((item) => (
          <li key={`${item.kind}${item.contactId}${item.at.getTime()}`} className="flex gap-3">
            <time dateTime={item.at.toISOString()} className="tabular shrink-0 text-secondary">
              {format.dateTime(item.at, { weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" })}
            </time>
            <span>
              {item.kind === "wait"
                ? t("waitEnds", { name: nameOf(item.contactId), flow: item.flowName })
                : t("messageLeaves", { name: nameOf(item.contactId) })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

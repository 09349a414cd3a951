"use client";

import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { useTranslations } from "use-intl";
import { nameOfPerson, optionOfPerson, type TestNumber } from "#components/test-send/test-person.ts";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Combobox } from "#components/ui/combobox.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";

/** Whom test messages may reach; an owner adds and takes away. */
export function TestNumbers({ people }: { people: TestNumber[] }) {
  const t = useTranslations("channelSetup.numbers");
  const search = useTranslations("channelSetup");
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const client = useQueryClient();
  const [typed, setTyped] = useState("");
  const onSettled = () => client.invalidateQueries(trpc.channelSetup.testNumbers.pathFilter());
  const onError = (error: unknown) => toast.error(t("failed"), { description: errorWords(error) });
  const allow = useMutation(trpc.channelSetup.allowTestNumber.mutationOptions({ onSettled, onError }));
  const forbid = useMutation(
    trpc.channelSetup.forbidTestNumber.mutationOptions({
      onSettled,
      onError,
      onSuccess: (_, { contactId }) =>
        toast.success(t("removed"), { action: { label: t("undo"), onClick: () => allow.mutate({ contactId }) } }),
    }),
  );
  const found =
    useQuery(
      trpc.contacts.list.queryOptions({ consent: "service", search: typed }, { placeholderData: keepPreviousData }),
    ).data?.rows ?? [];
  return (
    <section aria-labelledby="test-numbers" className="space-y-1.5">
      <h3 id="test-numbers" className="font-medium text-sm">
        {t("title")}
      </h3>
      <p className="text-secondary text-xs">{t("help")}</p>
      {people.length > 0 ? (
        <ul className="max-h-44 divide-y divide-border overflow-y-auto rounded-md border border-border">
          {people.map((person) => (
            <li key={person.contactId} className="flex items-center gap-2 py-1 pr-1 pl-3 text-sm">
              <span className="min-w-0 flex-1 truncate">{nameOfPerson(person)}</span>
              <span className="tabular text-secondary text-xs">{person.phone}</span>
              <IconButton
                icon={X}
                size="dense"
                label={t("remove", { name: nameOfPerson(person) })}
                disabled={forbid.isPending}
                onClick={() => forbid.mutate({ contactId: person.contactId })}
              />
            </li>
          ))}
        </ul>
      ) : null}
      <Combobox
        aria-label={t("add")}
        value={null}
        onValueChange={(contactId) => contactId && allow.mutate({ contactId })}
        onTyped={setTyped}
        placeholder={t("add")}
        searchPlaceholder={search("searchPerson")}
        emptyText={search("nobody")}
        options={found
          .filter(({ id }) => !people.some((person) => person.contactId === id))
          .map((person) => optionOfPerson(person.id, person))}
      />
    </section>
  );
}

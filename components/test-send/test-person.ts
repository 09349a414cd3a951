import type { inferRouterOutputs } from "@trpc/server";
import type { ComboboxOption } from "#components/ui/combobox.tsx";
import type { AppRouter } from "#server/router.ts";

/** Somebody whom test messages may reach. */
export type TestNumber = inferRouterOutputs<AppRouter>["channelSetup"]["testNumbers"][number];

type Named = Pick<TestNumber, "firstName" | "lastName" | "externalId" | "phone">;

export const nameOfPerson = ({ firstName, lastName, externalId, phone }: Named): string =>
  [firstName, lastName].filter(Boolean).join(" ") || (externalId ?? phone ?? "");

/** A person as a line of a list that is searched. */
export const optionOfPerson = (id: string, person: Named): ComboboxOption => ({
  value: id,
  label: nameOfPerson(person),
  hint: person.phone,
  keywords: person.externalId ? [person.externalId] : [],
});

"use client";

import type { ColumnDef } from "@tanstack/react-table";
import { ShieldCheck, ShieldOff } from "lucide-react";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { Avatar } from "#components/ui/avatar.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { DataTable, menuColumn } from "#components/ui/data-table.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { PersonRow } from "./people.ts";
import { PersonActs } from "./person-acts.tsx";

type PeopleTableProps = { people: PersonRow[] | undefined; mayManage: boolean };

export function PeopleTable({ people, mayManage }: PeopleTableProps) {
  const t = useTranslations("people");
  const columns = useColumns(mayManage);
  return <DataTable caption={t("title")} columns={columns} rows={people} rowId={({ userId }) => userId} />;
}

function useColumns(mayManage: boolean): ColumnDef<PersonRow>[] {
  const t = useTranslations("people");
  const roles = useTranslations("shell.person.roles");
  const { userId: ownId } = useSession();
  return useMemo(
    () => [
      {
        id: "name",
        accessorFn: ({ name }) => name,
        header: t("columns.person"),
        cell: ({ row: { original: person } }) => (
          <span className="flex items-center gap-2.5">
            <Avatar name={person.name} />
            <span className="min-w-0">
              <span className="block font-medium">
                {person.name} {person.userId === ownId ? <span className="text-secondary">{t("you")}</span> : null}
              </span>
              <span className="block text-secondary text-xs">{person.email}</span>
            </span>
          </span>
        ),
      },
      {
        id: "role",
        accessorFn: ({ role }) => role,
        header: t("columns.role"),
        cell: ({ row: { original: person } }) => <Chip>{person.role ? roles(person.role) : t("noRole")}</Chip>,
      },
      {
        id: "secondFactor",
        accessorFn: ({ hasSecondFactor }) => hasSecondFactor,
        header: t("columns.secondFactor"),
        cell: ({ row: { original: person } }) =>
          person.hasSecondFactor ? (
            <Chip tone="success" icon={ShieldCheck}>
              {t("yes")}
            </Chip>
          ) : (
            <Chip icon={ShieldOff}>{t("no")}</Chip>
          ),
      },
      {
        id: "lastSeen",
        accessorFn: ({ lastSeenAt }) => lastSeenAt?.getTime() ?? 0,
        header: t("columns.lastSeen"),
        meta: { className: "whitespace-nowrap text-secondary" },
        cell: ({ row: { original: person } }) =>
          person.lastSeenAt ? <RelativeTime date={person.lastSeenAt} /> : t("never"),
      },
      ...(mayManage
        ? [
            menuColumn<PersonRow>({
              label: t("columns.acts"),
              className: "w-12 text-right",
              menuOf: (person) => <PersonActs person={person} isSelf={person.userId === ownId} />,
            }),
          ]
        : []),
    ],
    [t, roles, ownId, mayManage],
  );
}

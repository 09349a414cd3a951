"use client";

import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { RefreshCw } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useFormatter, useLocale, useTranslations } from "use-intl";
import { ruleAt } from "#components/rule-builder/rule-edits.ts";
import { useValueText } from "#components/rule-builder/use-rule-sentence.ts";
import { useSession } from "#components/session/session-provider.tsx";
import { languageName } from "#components/template-words/language-name.ts";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Avatar } from "#components/ui/avatar.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { cn } from "#components/ui/cn.ts";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { TableBody, TableCell, TableHead, TableHeadCell, TableRow } from "#components/ui/table.tsx";
import type { Rule } from "#flow/rule.ts";
import type { AppRouter } from "#server/router.ts";
import { useSegmentFields } from "./use-segment-fields.ts";
import { useSegmentSentence } from "./use-segment-sentence.ts";

type Outputs = inferRouterOutputs<AppRouter>["audiences"];
type Person = Outputs["sample"]["people"][number];

type CountCardProps = {
  /** The rule that was counted. */
  rule: Rule;
  count: UseQueryResult<Outputs["countRule"], unknown>;
  reach: Outputs["reach"] | undefined;
  isOld: boolean;
  faults: number;
};

/** How many people a rule lets in, how many of them a message could reach today, and five of them. */
export function CountCard({ rule, count, reach, isOld, faults }: CountCardProps) {
  const t = useTranslations("audiences.count");
  const [draw, setDraw] = useState(0);
  const trpc = useTRPC();
  const sample = useQuery(
    trpc.audiences.sample.queryOptions({ rule, draw }, { placeholderData: keepPreviousData, retry: false }),
  );
  return (
    <Card className="mt-3 overflow-hidden" aria-label={t("label")} aria-busy={isOld}>
      <div className="flex flex-wrap items-center gap-x-8 gap-y-3 px-4 py-3.5">
        <People count={count} isOld={isOld} faults={faults} />
        {reach && faults === 0 && (count.data?.matching ?? 0) > 0 ? <ReachFigures reach={reach} isOld={isOld} /> : null}
        <span className="flex-1" />
        <Button
          size="dense"
          isBusy={sample.isFetching && draw > 0}
          disabled={faults > 0 || (count.data?.matching ?? 0) <= 5}
          onClick={() => setDraw(draw + 1)}
        >
          <RefreshCw aria-hidden />
          {t("others")}
        </Button>
      </div>
      <SampleTable rule={rule} sample={sample.data} isOld={isOld} />
    </Card>
  );
}

function People({ count, isOld, faults }: Pick<CountCardProps, "count" | "isOld" | "faults">) {
  const t = useTranslations("audiences.count");
  const format = useFormatter();
  const { data } = count;
  if (faults > 0) return <p className="font-medium text-warning">{t("faults", { count: faults })}</p>;
  if (count.isError && !count.isFetching)
    return (
      <p className="text-danger text-sm">
        {t("failed")}{" "}
        <Button variant="link" onClick={() => count.refetch()}>
          {t("retry")}
        </Button>
      </p>
    );
  if (!data) return <Skeleton className="h-10 w-48" />;
  const share = data.total === 0 ? 0 : data.matching / data.total;
  return (
    <div aria-live="polite" className={cn("transition-opacity", isOld && "opacity-45")}>
      <p className="flex items-baseline gap-1.5">
        {data.isAbout ? <span className="text-secondary">{t("about")}</span> : null}
        <span className="tabular font-semibold text-[22px] leading-7 tracking-tight">
          {format.number(data.matching)}
        </span>
        <span className="text-secondary">{t("now", { count: data.matching })}</span>
      </p>
      <p className="tabular text-secondary text-xs">
        {isOld
          ? t("counting")
          : t("share", {
              share: format.number(share, { style: "percent", maximumFractionDigits: 1 }),
              total: format.number(data.total),
            })}
      </p>
    </div>
  );
}

function ReachFigures({ reach, isOld }: { reach: NonNullable<Outputs["reach"]>; isOld: boolean }) {
  const t = useTranslations("audiences.count");
  const format = useFormatter();
  const figures = [
    ["reachable", reach.reachable],
    ["atLimit", reach.atLimit],
    ["withoutConsent", reach.withoutConsent],
    ["never", reach.suppressed + reach.withoutNumber],
  ] as const;
  return (
    <dl
      className={cn(
        "flex flex-wrap gap-x-7 gap-y-2 border-border border-l pl-6 transition-opacity",
        isOld && "opacity-45",
      )}
    >
      {figures
        .filter(([name, people]) => name === "reachable" || people > 0)
        .map(([name, people]) => (
          <div key={name} className="flex flex-col-reverse">
            <dt className="text-secondary text-xs">{t(name)}</dt>
            <dd className="tabular font-semibold">{format.number(people)}</dd>
          </div>
        ))}
    </dl>
  );
}

type SampleTableProps = { rule: Rule; sample: Outputs["sample"] | undefined; isOld: boolean };

function SampleTable({ rule, sample, isOld }: SampleTableProps) {
  const t = useTranslations("audiences.count");
  const segmentFields = useSegmentFields();
  const sentence = useSegmentSentence(segmentFields);
  const valueText = useValueText();
  const locale = useLocale();
  const { workspace } = useSession();
  if (sample?.people.length === 0)
    return <p className="border-border border-t px-4 py-6 text-center text-secondary text-sm">{t("nobody")}</p>;
  const hasBranches = sample?.people.some((person) => person.by !== null);
  const paths = sample?.paths ?? [];
  const heads = [
    t("sample", { count: sample?.people.length ?? 5 }),
    ...paths.map((path) => segmentFields.fieldOf(path).label),
    t("lastEvent"),
    t("language"),
    ...(hasBranches ? [t("by")] : []),
  ];
  return (
    <div className={cn("overflow-x-auto border-border border-t transition-opacity", isOld && "opacity-45")}>
      <table className="w-full border-collapse text-left text-sm">
        <caption className="sr-only">{t("caption")}</caption>
        <TableHead>
          <tr className="border-border border-b">
            {heads.map((head) => (
              <TableHeadCell key={head}>{head}</TableHeadCell>
            ))}
          </tr>
        </TableHead>
        <TableBody>
          {sample
            ? sample.people.map((person, index) => (
                <TableRow key={person.id ?? index}>
                  <TableCell>
                    <PersonName person={person} />
                  </TableCell>
                  {paths.map((path, place) => (
                    <TableCell key={path} className="tabular whitespace-nowrap">
                      {valueText(person.values[place], segmentFields.fieldOf(path), workspace.timezone)}
                    </TableCell>
                  ))}
                  <TableCell className="whitespace-nowrap text-secondary">
                    {person.lastEventAt ? <RelativeTime date={person.lastEventAt} /> : t("never")}
                  </TableCell>
                  <TableCell className="text-secondary">
                    {person.locale ? languageName(person.locale, locale) : ""}
                  </TableCell>
                  {hasBranches ? (
                    <TableCell>{person.by === null ? null : <Branch text={branchText(person.by)} />}</TableCell>
                  ) : null}
                </TableRow>
              ))
            : [1, 2, 3, 4, 5].map((row) => (
                <TableRow key={row}>
                  {heads.map((head) => (
                    <TableCell key={head}>
                      <Skeleton className="h-4 w-24" />
                    </TableCell>
                  ))}
                </TableRow>
              ))}
        </TableBody>
      </table>
    </div>
  );

  function branchText(at: string): string {
    const line = ruleAt(rule, at.split(".").map(Number));
    return line ? sentence(line) : "";
  }
}

function PersonName({ person }: { person: Person }) {
  const t = useTranslations("audiences.count");
  const name = person.name || t("noName");
  return (
    <span className="flex items-center gap-2">
      <Avatar name={person.name || "?"} seed={person.id ?? person.name} size="small" />
      {person.id ? (
        <Link href={`/contacts/${person.id}`} className="font-medium hover:underline">
          {name}
        </Link>
      ) : (
        <span className="font-medium">{name}</span>
      )}
    </span>
  );
}

const Branch = ({ text }: { text: string }) => (
  <Chip title={text} className="max-w-56">
    <span className="truncate">{text}</span>
  </Chip>
);

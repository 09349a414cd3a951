import { useTranslations } from "use-intl";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { FlowRow } from "./flow-row.ts";

/** Who changed the flow last, when, and which version runs. Machines sign with a word of ours. */
export function ChangedBy({ flow: { updatedBy, updatedAt, version } }: { flow: FlowRow }) {
  const t = useTranslations("flows");
  const name = updatedBy === "api" || updatedBy === "system" ? t(`who.${updatedBy}`) : updatedBy;
  return (
    <>
      {t.rich("changedBy", { name, when: () => <RelativeTime date={updatedAt} /> })}
      {version ? ` · v${version}` : ""}
    </>
  );
}

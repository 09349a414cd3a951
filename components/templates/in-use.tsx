import Link from "next/link";
import { useFormatter, useTranslations } from "use-intl";
import type { OpenTemplate } from "./template-row.ts";

/** Which flows send the template, and how many people inside them are still to come to it. */
export function InUse({ template }: { template: OpenTemplate }) {
  const t = useTranslations("templates.editor");
  const status = useTranslations("flows.status");
  const format = useFormatter();
  const people = template.usedIn.reduce((sum, flow) => sum + flow.waiting, 0);
  // Who holds is told beside the flow: that nobody is still to come would read like the opposite.
  const isHeld = template.usedIn.some((flow) => flow.held > 0);
  return (
    <section className="border-border border-t pt-3" aria-label={t("inUse")}>
      <div className="flex items-baseline justify-between gap-3">
        <h2 className="font-semibold text-sm">{t("inUse")}</h2>
        <span className="text-secondary text-xs">{t("flows", { count: template.usedIn.length })}</span>
      </div>
      {people === 0 && isHeld ? null : (
        <p className="mt-1 text-secondary text-sm">
          {template.usedIn.length === 0
            ? t("notInUse")
            : t.rich("peopleWaiting", {
                count: people,
                b: (words) => <b className="font-semibold text-ink">{words}</b>,
              })}
        </p>
      )}
      <ul className="mt-1.5">
        {template.usedIn.map((flow) => (
          <li
            key={flow.flowId}
            className="flex items-center justify-between gap-3 border-border border-b py-1.5 text-sm last:border-b-0"
          >
            <span className="min-w-0 truncate">
              <Link href={`/flows/${flow.flowId}`} className="text-accent hover:underline">
                {flow.name}
              </Link>
              {flow.version === null ? null : <span className="ml-1.5 text-secondary text-xs">v{flow.version}</span>}
            </span>
            <span className="shrink-0 text-secondary text-xs">
              {flow.held > 0 ? <span className="text-warning">{t("heldHere", { count: flow.held })} · </span> : null}
              {flow.waiting > 0
                ? t.rich("waiting", {
                    count: format.number(flow.waiting),
                    b: (words) => <b className="tabular font-semibold text-ink">{words}</b>,
                  })
                : status(flow.status as Parameters<typeof status>[0])}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

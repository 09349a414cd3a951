"use client";

import { CalendarDays, Coins, type LucideIcon, MessageSquare, ShieldCheck, Waypoints } from "lucide-react";
import type { ReactNode } from "react";
import { useLocale, useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { useMoney } from "#components/ui/use-money.ts";
import type { Facts } from "#flow/prove/prove.ts";
import { useEditor, useEditorActions } from "../editor-state/editor-context.tsx";

/** What holds of every run of the drawn flow: messages a day against the cap, messages in all, and what they cost at most. */
export function ProofCard({ className, onPick }: { className?: string; onPick?: () => void }) {
  const t = useTranslations("flowEditor.problems.proof");
  const facts = useEditor((state) => state.facts);
  const { showPath } = useEditorActions();
  return (
    <section aria-labelledby="proof-title" className={cn("rounded-md border border-border bg-surface p-3", className)}>
      <h3 id="proof-title" className="flex items-center gap-2 font-semibold text-sm">
        <ShieldCheck aria-hidden className="size-4 text-accent" />
        {t("title")}
      </h3>
      {facts ? (
        <>
          <p className="mt-0.5 text-secondary text-xs">{t("hint")}</p>
          <FactLines facts={facts} />
          {facts.busiestDay.nodes.length > 1 ? (
            <Button
              variant="link"
              className="mt-2 text-xs"
              onClick={() => {
                onPick?.();
                showPath(facts.busiestDay.nodes, facts.busiestDay.edges);
              }}
            >
              <Waypoints aria-hidden className="size-3.5" />
              {t("showDay")}
            </Button>
          ) : null}
        </>
      ) : (
        <p className="mt-0.5 text-secondary text-xs">{t("nothingSent")}</p>
      )}
    </section>
  );
}

function FactLines({ facts }: { facts: Facts }) {
  const t = useTranslations("flowEditor.problems.proof");
  const { messagesPerDay, isMore, messagesInAll, messagesAfterAct, cap, cost } = facts;
  return (
    <ul className="mt-2 space-y-2">
      <Fact icon={CalendarDays} what={t("perDay", { count: messagesPerDay, isMore: String(isMore) })}>
        {cap.kind === "daily"
          ? t(messagesPerDay > cap.most ? "beyondCap" : "withinCap", { cap: cap.most })
          : t(cap.kind)}
      </Fact>
      <Fact icon={MessageSquare} what={t("inAll", { count: messagesInAll })}>
        {t("afterAct", { count: messagesAfterAct })}
      </Fact>
      {cost ? <Cost cost={cost} /> : <Fact icon={Coins} what={t("noPrice")} />}
    </ul>
  );
}

function Cost({ cost }: { cost: NonNullable<Facts["cost"]> }) {
  const t = useTranslations("flowEditor.problems.proof");
  const money = useMoney();
  const countries = new Intl.DisplayNames(useLocale(), { type: "region", fallback: "code" });
  const { inAllMicros, afterActMicros, currency, market } = cost;
  const words = (amountMicros: number) => money({ amountMicros, currency }, { isSmall: true });
  return (
    <Fact icon={Coins} what={t("cost", { amount: words(inAllMicros) })}>
      {t(afterActMicros > 0 ? "costAfterAct" : "costAtMarket", {
        amount: words(afterActMicros),
        market: market.length === 2 ? (countries.of(market) ?? market) : market,
      })}
    </Fact>
  );
}

function Fact({ icon: Icon, what, children }: { icon: LucideIcon; what: string; children?: ReactNode }) {
  return (
    <li className="flex gap-2">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-secondary" />
      <div>
        <p className="text-sm tabular-nums">{what}</p>
        {children ? <p className="text-secondary text-xs">{children}</p> : null}
      </div>
    </li>
  );
}

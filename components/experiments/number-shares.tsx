"use client";

import { CircleCheck, CircleDashed, ShieldQuestion } from "lucide-react";
import { useTranslations } from "use-intl";
import { useArmName } from "#components/experiment-words/use-arm-name.ts";
import { useFigures } from "#components/experiment-words/use-figures.ts";
import { cn } from "#components/ui/cn.ts";
import { Popover } from "#components/ui/popover.tsx";
import type { Experiment, Result } from "./experiment.ts";

type Status = "ok" | "mismatch" | "open";
const looks = {
  ok: { icon: CircleCheck, ink: "text-success" },
  mismatch: { icon: ShieldQuestion, ink: "text-warning" },
  open: { icon: CircleDashed, ink: "text-secondary" },
} as const;

const statusOf = ({ status }: Result["numbers"][number]): Status =>
  status === "ok" || status === "mismatch" ? status : "open";

/** Whether the arms have their shares on every number as well; opens them one by one. Of a single number the whole says the same. */
export function NumberSharesButton({ experiment, result }: { experiment: Experiment; result: Result }) {
  const t = useTranslations("experiments.health.numbers");
  const { numbers } = result;
  const off = numbers.filter((number) => statusOf(number) === "mismatch").length;
  if (numbers.length < 2 && off === 0) return null;
  const [worst] = (["mismatch", "open", "ok"] as const).filter((status) =>
    numbers.some((number) => statusOf(number) === status),
  );
  const { icon: Icon, ink } = looks[worst ?? "open"];
  return (
    <Popover
      className="w-96"
      trigger={
        <button type="button" className="mt-0.5 inline-flex max-w-full items-center gap-1 rounded-xs text-xs">
          <Icon aria-hidden className={cn("size-3 shrink-0", ink)} />
          <span className="truncate text-secondary underline decoration-border-strong decoration-dotted underline-offset-3 hover:text-ink">
            {off > 0
              ? t("off", { count: off, of: numbers.length })
              : t(worst === "ok" ? "summary" : "early", { count: numbers.length })}
          </span>
        </button>
      }
    >
      <Numbers experiment={experiment} result={result} />
    </Popover>
  );
}

function Numbers({ experiment, result }: { experiment: Experiment; result: Result }) {
  const t = useTranslations("experiments.health.numbers");
  const health = useTranslations("experiments.health");
  const figures = useFigures(result.currency);
  const armName = useArmName(experiment);
  return (
    <div className="space-y-2">
      <p className="text-secondary text-xs">{t("help")}</p>
      <ul className="divide-y divide-border">
        {result.numbers.map((number) => {
          const status = statusOf(number);
          const { icon: Icon, ink } = looks[status];
          return (
            <li key={number.channelId} className="py-1.5">
              <div className="flex items-baseline justify-between gap-3">
                <span className="min-w-0 truncate">
                  <span className="font-medium">{number.name}</span>{" "}
                  <span className="tabular text-secondary text-xs">{number.phone}</span>
                </span>
                <span className={cn("inline-flex shrink-0 items-center gap-1 text-xs", ink)}>
                  <Icon aria-hidden className="size-3.5 self-center" />
                  {t(status)}
                </span>
              </div>
              <p className="tabular text-secondary text-xs">
                {number.arms.map(({ arm, seen }) => `${armName(arm)} ${figures.count(seen)}`).join(" · ")}
                {number.p === null ? null : ` · ${health("shares.p", { p: figures.p(number.p) })}`}
              </p>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

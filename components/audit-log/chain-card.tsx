"use client";

import { ShieldAlert, ShieldCheck, ShieldQuestion } from "lucide-react";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useTRPCClient } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Meter } from "#components/ui/meter.tsx";
import { toast } from "#components/ui/toaster.tsx";

type State = { checked: number; rows: number; brokenAt: number | null; head: string; isDone: boolean };

/** Is the log as it was written? Checked on demand, from the first row to the last, stretch by stretch. */
export function ChainCard() {
  const t = useTranslations("auditLog.chain");
  const common = useTranslations("common");
  const format = useFormatter();
  const errorWords = useErrorWords();
  const client = useTRPCClient();
  const [state, setState] = useState<State | null>(null);
  const [isBusy, setBusy] = useState(false);
  const check = async () => {
    setBusy(true);
    try {
      for (let after = 0, isDone = false; !isDone; ) {
        const reached: State = await client.audit.check.mutate({ after });
        setState(reached);
        ({ checked: after, isDone } = reached);
      }
    } catch (error) {
      toast.error(errorWords(error));
    } finally {
      setBusy(false);
    }
  };
  const isBroken = state?.brokenAt != null;
  const isWhole = state?.isDone === true && !isBroken;
  const button = (
    <Button size="dense" isBusy={isBusy} onClick={check}>
      {t(state ? "again" : "check")}
    </Button>
  );
  return (
    <Callout
      tone={isBroken ? "danger" : isWhole ? "success" : "neutral"}
      icon={isBroken ? ShieldAlert : isWhole ? ShieldCheck : ShieldQuestion}
      action={
        <span className="flex flex-wrap gap-2">
          {isWhole ? <CopyButton text={state.head} label={t("copyHead")} copiedLabel={common("copied")} /> : null}
          {button}
        </span>
      }
    >
      <span role="status">
        {isBroken
          ? t("broken", { row: format.number(state.brokenAt ?? 0) })
          : isWhole
            ? t("whole", { count: state.checked })
            : t("unchecked")}
      </span>
      {isBusy && state ? (
        <span className="mt-1.5 block max-w-64">
          <Meter share={state.rows === 0 ? 1 : state.checked / state.rows} label={t("progress")} tone="accent" />
        </span>
      ) : null}
    </Callout>
  );
}

"use client";

import { Check, Lock } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { Approval } from "#components/approval-ask/approval.ts";
import { useSession } from "#components/session/session-provider.tsx";
import { AlertDialog } from "#components/ui/alert-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { CommentField } from "./comment-field.tsx";
import { ConfirmApproval } from "./confirm-approval.tsx";
import type { ApprovalActs } from "./use-approval-acts.ts";

type BarProps = { approval: Approval; acts: ApprovalActs };

/** What this person can do about it; where that is nothing, why, and who can. Stays while the rest scrolls. */
export function ActionBar(props: BarProps) {
  return (
    <div className="sticky bottom-0 z-20 flex min-h-15 flex-wrap items-center gap-2 border-border border-t bg-surface px-4 py-3 md:px-6">
      {props.approval.hindrance === null ? <DecideBar {...props} /> : <HinderedBar {...props} />}
    </div>
  );
}

function DecideBar({ approval, acts }: BarProps) {
  const t = useTranslations("approvals.act");
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [isReasonMissing, setReasonMissing] = useState(false);
  const [isAsking, setAsking] = useState(false);
  useApproveKey(() => setAsking(true));
  const refuse = (verdict: "request-changes" | "reject") => {
    if (text.trim()) return acts.decide(verdict, text.trim()).catch(() => undefined);
    setReasonMissing(true);
    field.current?.focus();
  };
  const left = approval.needed - approval.decisions.filter((one) => one.verdict === "approve").length - 1;
  return (
    <>
      <CommentField
        {...{ approval, acts, field, text }}
        placeholder={t("comment")}
        isReasonMissing={isReasonMissing && text.trim() === ""}
        onText={setText}
      />
      <span className={`ml-auto flex flex-wrap gap-2 ${isReasonMissing && text.trim() === "" ? "pb-4" : ""}`}>
        <Button className="text-danger" disabled={acts.isBusy} onClick={() => refuse("reject")}>
          {t("reject")}
        </Button>
        <Button disabled={acts.isBusy} onClick={() => refuse("request-changes")}>
          {t("requestChanges")}
        </Button>
        <Button variant="primary" isBusy={acts.isBusy} aria-keyshortcuts="A" onClick={() => setAsking(true)}>
          <Check aria-hidden />
          {left > 0
            ? t("approveMore", { count: left })
            : t(approval.subject === "flow" ? "approveFlow" : "approveTemplate")}
        </Button>
      </span>
      {isAsking ? (
        <ConfirmApproval
          approval={approval}
          left={left}
          onClose={() => setAsking(false)}
          onConfirm={(channelIds) => acts.decide("approve", text.trim(), channelIds).catch(() => undefined)}
        />
      ) : null}
    </>
  );
}

function HinderedBar({ approval, acts }: BarProps) {
  const t = useTranslations("approvals.act");
  const mayWithdraw = useSession().can("ask-approval") && approval.state === "open";
  const isUndecided = approval.hindrance === "own" || approval.hindrance === "role" || approval.hindrance === "changed";
  return (
    <>
      <Lock aria-hidden className="size-4 shrink-0 text-secondary" />
      <p id="hindrance" className="min-w-0 flex-1 basis-60 text-sm">
        <Hindrance approval={approval} />
      </p>
      {mayWithdraw ? <Withdraw acts={acts} /> : null}
      {isUndecided ? (
        <span className="flex flex-wrap gap-2">
          {(["reject", "requestChanges", "approve"] as const).map((act) => (
            <Button key={act} aria-disabled aria-describedby="hindrance" className="cursor-not-allowed">
              {t(act)}
            </Button>
          ))}
        </span>
      ) : null}
    </>
  );
}

function Hindrance({ approval }: { approval: Approval }): ReactNode {
  const t = useTranslations("approvals.hindrance");
  const format = useFormatter();
  const { hindrance, newerId, state, candidates, changedBy } = approval;
  if (hindrance === null) return null;
  const names = format.list(
    candidates.map((one) => one.name),
    { type: "disjunction" },
  );
  const wordsOf = () => {
    if (hindrance === "closed") return t("closed", { state });
    if (hindrance === "changed" && changedBy)
      return t.rich("changedBy", { name: changedBy.name, when: () => <RelativeTime date={changedBy.at} /> });
    return t(hindrance);
  };
  const isWaiting = hindrance === "own" || hindrance === "role" || hindrance === "decided";
  return (
    <>
      <span className="font-semibold">{wordsOf()}</span>{" "}
      {isWaiting && names ? <span className="text-secondary">{t("candidates", { names })}</span> : null}
      {newerId ? (
        <>
          {hindrance === "replaced" ? null : <span className="text-secondary">{t("newer")} </span>}
          <Link href={`/approvals?id=${newerId}`} className="text-accent hover:underline">
            {t("toNewer")}
          </Link>
        </>
      ) : null}
    </>
  );
}

function Withdraw({ acts }: { acts: ApprovalActs }) {
  const t = useTranslations("approvals.act");
  const common = useTranslations("common");
  return (
    <AlertDialog
      trigger={<Button disabled={acts.isBusy}>{t("withdraw")}</Button>}
      title={t("withdrawAsk")}
      description={t("withdrawBody")}
      confirmLabel={t("withdraw")}
      cancelLabel={common("cancel")}
      onConfirm={acts.withdraw}
    />
  );
}

/** A asks whether to approve, while nobody types and no dialog is open. */
function useApproveKey(onApprove: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isElsewhere =
        event.target instanceof HTMLElement &&
        event.target.closest("input, textarea, select, [role=dialog], [role=alertdialog], [role=menu]");
      if (isElsewhere || event.ctrlKey || event.metaKey || event.altKey || event.key.toLowerCase() !== "a") return;
      event.preventDefault();
      onApprove();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  });
}

"use client";

import { MessageSquare } from "lucide-react";
import { type RefObject, useState } from "react";
import { useTranslations } from "use-intl";
import type { Approval } from "#components/approval-ask/approval.ts";
import { Button } from "#components/ui/button.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import type { ApprovalActs } from "./use-approval-acts.ts";
import { usePlaces } from "./use-places.ts";

type CommentFieldProps = {
  approval: Approval;
  acts: ApprovalActs;
  text: string;
  onText: (text: string) => void;
  field?: RefObject<HTMLInputElement | null>;
  placeholder: string;
  /** A decision was tried without a reason. */
  isReasonMissing?: boolean;
};

const whole = "whole";

/** One line to say something, about the whole or about one step or field; the same words serve as the reason of a decision. */
export function CommentField({ approval, acts, text, onText, field, placeholder, isReasonMissing }: CommentFieldProps) {
  const t = useTranslations("approvals");
  const places = usePlaces(approval);
  const [place, setPlace] = useState(whole);
  const send = async () => {
    await acts.comment(text.trim(), place === whole ? undefined : place);
    onText("");
    setPlace(whole);
  };
  return (
    <form
      className="flex min-w-0 flex-1 basis-60 flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() && !acts.isBusy) send().catch(() => undefined);
      }}
    >
      <span className="relative min-w-40 flex-1">
        <MessageSquare
          aria-hidden
          className="pointer-events-none absolute top-2 left-2.5 size-4 text-tertiary"
          strokeWidth={1.75}
        />
        <Input
          ref={field}
          aria-label={t("act.commentLabel")}
          aria-invalid={isReasonMissing || undefined}
          aria-describedby={isReasonMissing ? "reason-missing" : undefined}
          placeholder={placeholder}
          maxLength={2000}
          value={text}
          onChange={(event) => onText(event.target.value)}
          className="pl-8"
        />
        {isReasonMissing ? (
          <span id="reason-missing" role="alert" className="absolute top-9 left-1 text-danger text-xs">
            {t("act.reasonNeeded")}
          </span>
        ) : null}
      </span>
      {text.trim() ? (
        <>
          <Select
            aria-label={t("comments.about")}
            className="w-auto max-w-44"
            value={place}
            onValueChange={setPlace}
            options={[
              { value: whole, label: t("comments.whole") },
              ...places.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
          <Button type="submit">{t("comments.add")}</Button>
        </>
      ) : null}
    </form>
  );
}

/** To say something without a decision to take. */
export function CommentOnly({ approval, acts }: { approval: Approval; acts: ApprovalActs }) {
  const t = useTranslations("approvals.comments");
  const [text, setText] = useState("");
  return <CommentField {...{ approval, acts, text }} placeholder={t("field")} onText={setText} />;
}

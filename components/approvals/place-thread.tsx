"use client";

import { type KeyboardEvent, useState } from "react";
import { useTranslations } from "use-intl";
import type { Approval } from "#components/approval-ask/approval.ts";
import { Button } from "#components/ui/button.tsx";
import { Input } from "#components/ui/input.tsx";
import { CommentEntry } from "./comment-entry.tsx";
import type { ApprovalActs } from "./use-approval-acts.ts";

type PlaceThreadProps = { approval: Approval; acts: ApprovalActs; place: string; name: string };

/** What is said about one step or one line, and a field to say something there. */
export function PlaceThread({ approval, acts, place, name }: PlaceThreadProps) {
  const t = useTranslations("approvals.comments");
  const [text, setText] = useState("");
  const own = approval.comments.filter((comment) => comment.place === place);
  const send = async () => {
    if (text.trim() === "" || acts.isBusy) return;
    await acts.comment(text.trim(), place);
    setText("");
  };
  // The keys of the queue and of the canvas are not meant here.
  const keepKeys = (event: KeyboardEvent) => event.stopPropagation();
  return (
    <div className="space-y-2.5">
      {own.length > 0 ? (
        <ul className="space-y-2.5">
          {own.map((comment) => (
            <CommentEntry key={comment.id} approvalId={approval.id} comment={comment} />
          ))}
        </ul>
      ) : null}
      <form
        className="flex gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          send().catch(() => undefined);
        }}
      >
        <Input
          aria-label={t("fieldOn", { place: name })}
          placeholder={t("fieldOn", { place: name })}
          maxLength={2000}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={keepKeys}
        />
        <Button type="submit" disabled={text.trim() === ""} isBusy={acts.isBusy}>
          {t("add")}
        </Button>
      </form>
    </div>
  );
}

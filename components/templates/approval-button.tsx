"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Send, Users } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { useTranslations } from "use-intl";
import { AskForm, StandingNote, stepOf } from "#components/approval-ask/ask-form.tsx";
import { useSession } from "#components/session/session-provider.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { OpenTemplate } from "./template-row.ts";
import { useSubmitTemplate } from "./use-submit-template.ts";
import type { TemplateDraftStore } from "./use-template-draft.ts";

type ApprovalButtonProps = {
  template: OpenTemplate;
  store: TemplateDraftStore;
  /** Some language is still ours to send. */
  hasOpen: boolean;
  isReady: boolean;
};

/** The way to WhatsApp: asks somebody else first, says when they look at it, and submits what is approved but has not left. */
export function ApprovalButton({ template, store, hasOpen, isReady }: ApprovalButtonProps) {
  const t = useTranslations("templates.editor");
  const ask = useTranslations("approvals.ask");
  const router = useRouter();
  const trpc = useTRPC();
  const submit = useSubmitTemplate(template.id, store);
  const [isAsking, setAsking] = useState(false);
  const standing = useQuery(
    trpc.approvals.ofTemplate.queryOptions({ templateId: template.id }, { refetchInterval: 5_000 }),
  ).data;
  const step = !standing || store.state !== "saved" ? "ask" : stepOf(standing);
  if (hasOpen && step === "waiting" && standing?.request)
    return (
      <Button onClick={() => router.push(`/approvals?id=${standing.request?.id}`)}>
        <Users aria-hidden />
        {ask("inReview")}
      </Button>
    );
  const act = step === "go" ? () => submit.mutate() : () => setAsking(true);
  return (
    <>
      <Button
        variant="primary"
        aria-disabled={!isReady}
        aria-describedby={isReady ? undefined : "submit-note"}
        isBusy={submit.isPending}
        onClick={() => isReady && act()}
      >
        {step === "go" || !hasOpen ? <Send aria-hidden /> : <Users aria-hidden />}
        {hasOpen ? (step === "go" ? t("submit") : ask("button")) : t("submitted")}
      </Button>
      {isAsking ? <AskDialog template={template} store={store} onClose={() => setAsking(false)} /> : null}
    </>
  );
}

type AskDialogProps = { template: OpenTemplate; store: TemplateDraftStore; onClose: () => void };

/** Saves what is typed, then asks for exactly that text. */
function AskDialog({ template, store, onClose }: AskDialogProps) {
  const t = useTranslations("approvals.ask");
  const editor = useTranslations("templates.editor");
  const common = useTranslations("common");
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const client = useQueryClient();
  const [why, setWhy] = useState("");
  const standing = useQuery(trpc.approvals.ofTemplate.queryOptions({ templateId: template.id })).data;
  const send = useMutation(trpc.approvals.askForTemplate.mutationOptions());
  const ask = useMutation({
    mutationFn: async () => {
      if (!(await store.flush())) throw new Error(editor("notSaved"));
      const stored = await client.fetchQuery(
        trpc.templates.get.queryOptions({ templateId: template.id }, { staleTime: 0 }),
      );
      await send.mutateAsync({ templateId: template.id, seenAt: stored.updatedAt, why: why.trim() });
      await Promise.all(
        [trpc.approvals, trpc.templates].map((router) => client.invalidateQueries(router.pathFilter())),
      );
    },
    onError: (error) => toast.error(t("failed"), { description: errorWords(error) }),
    onSuccess: () => {
      toast.success(t("done"), { description: t("doneHint") });
      onClose();
    },
  });
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t("title")}
      description={template.name}
      closeLabel={common("close")}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button variant="primary" isBusy={ask.isPending} disabled={why.trim() === ""} onClick={() => ask.mutate()}>
            {t("button")}
          </Button>
        </>
      }
    >
      <AskForm standing={standing} why={why} onWhy={setWhy} />
    </Dialog>
  );
}

/** What became of the newest request, above the editor: an answer that somebody must act on is not left in a list. */
export function ReviewNote({ templateId }: { templateId: string }) {
  const trpc = useTRPC();
  const enabled = useSession().can("see-approvals");
  const standing = useQuery(trpc.approvals.ofTemplate.queryOptions({ templateId }, { enabled })).data;
  const state = standing?.request?.state;
  if (!standing || (state !== "changes-requested" && state !== "rejected")) return null;
  return (
    <div className="px-3 pt-3 md:px-5">
      <StandingNote standing={standing} />
    </div>
  );
}

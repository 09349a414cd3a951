"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Send, Users } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { useLocale, useTranslations } from "use-intl";
import { AskForm, StandingNote, stepOf } from "#components/approval-ask/ask-form.tsx";
import { OpenComments, useTemplateComments } from "#components/approval-ask/open-comments.tsx";
import { useSession } from "#components/session/session-provider.tsx";
import { languageName } from "#components/template-words/language-name.ts";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { SubmitDialog } from "./submit-dialog.tsx";
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
  const [open, setOpen] = useState<"ask" | "submit" | null>(null);
  const close = () => setOpen(null);
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
  const act = () => {
    if (step !== "go") return setOpen("ask");
    // Where there are several accounts one says which are meant.
    return template.accounts.length > 1 ? setOpen("submit") : submit.mutate(undefined);
  };
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
      {open === "ask" ? <AskDialog template={template} store={store} onClose={close} /> : null}
      {open === "submit" ? <SubmitDialog template={template} store={store} onClose={close} /> : null}
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

const lineFields: Record<string, "header" | "body" | "footer" | "buttons"> = {
  header: "header",
  body: "body",
  footer: "footer",
  button: "buttons",
};

/** "Body, French" for "fr.body". */
function useLineNames() {
  const t = useTranslations("templates.editor.fields");
  const locale = useLocale();
  return (place: string): string | null => {
    const [language = "", part = ""] = place.split(".");
    const field = lineFields[part];
    const name = field ? t(field) : null;
    return name
      ? `${name.charAt(0).toLocaleUpperCase(locale)}${name.slice(1)}, ${languageName(language, locale)}`
      : null;
  };
}

/** What became of the newest request, and what was said and is not settled, above the editor: an answer that somebody must act on is not left in a list. */
export function ReviewNote({ templateId }: { templateId: string }) {
  const trpc = useTRPC();
  const enabled = useSession().can("see-approvals");
  const standing = useQuery(trpc.approvals.ofTemplate.queryOptions({ templateId }, { enabled })).data;
  const comments = useTemplateComments(templateId);
  const nameOf = useLineNames();
  const state = standing?.request?.state;
  const isBack = state === "changes-requested" || state === "rejected";
  if (!standing || (!isBack && comments.length === 0)) return null;
  return (
    <div className="space-y-2 px-3 pt-3 md:px-5">
      {isBack ? <StandingNote standing={standing} /> : null}
      <OpenComments
        comments={comments}
        nameOf={nameOf}
        className="rounded-lg border border-border bg-surface px-4 py-3"
      />
    </div>
  );
}

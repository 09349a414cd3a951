"use client";

import { ArrowLeft } from "lucide-react";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { TryOnPhone } from "#components/try-on-phone/try-on-phone.tsx";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { ApprovalButton } from "./approval-button.tsx";
import { SaveNote } from "./save-note.tsx";
import type { OpenTemplate } from "./template-row.ts";
import { TestSend } from "./test-send-dialog.tsx";
import type { TemplateDraftStore } from "./use-template-draft.ts";

type EditorBarProps = {
  template: OpenTemplate;
  store: TemplateDraftStore;
  errors: number;
  onDuplicate: () => void;
  /** Opens the earlier texts. */
  history: ReactNode;
};

/** The name, whether it is saved, and the way to WhatsApp; its button stays focusable while it is locked and says why. */
export function EditorBar({ template, store, errors, onDuplicate, history }: EditorBarProps) {
  const t = useTranslations("templates.editor");
  const session = useSession();
  const router = useRouter();
  const known = new Map(template.languages.map((one) => [one.language, one.isOpen]));
  const hasOpen = store.draft.languages.some((one) => known.get(one.language) ?? true);
  const isReady = errors === 0 && hasOpen && store.state !== "conflict";
  return (
    <header className="sticky top-12 z-20 flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1.5 border-border border-b bg-surface px-3 py-2 md:px-5">
      <IconButton icon={ArrowLeft} label={t("back")} size="dense" onClick={() => router.push("/templates")} />
      <h1 className="min-w-0 truncate font-mono text-base">{template.name}</h1>
      <span className="flex-1" />
      {session.can("edit-templates") ? <SaveNote store={store} /> : null}
      {history}
      <TryOnPhone what={{ templateId: template.id }} before={() => store.flush()} isBrief />
      <TestSend template={template} />
      {session.can("edit-templates") ? <Button onClick={onDuplicate}>{t("duplicate")}</Button> : null}
      {session.can("submit-templates") ? <ApprovalButton {...{ template, store, hasOpen, isReady }} /> : null}
    </header>
  );
}

"use client";

import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import type { DraftContent } from "#flow/lint-template.ts";
import type { TemplateCategory } from "#flow/template.ts";
import type { OpenTemplate } from "./template-row.ts";

export type Draft = { category: TemplateCategory; samples: Record<string, string>; languages: DraftContent[] };
export type SaveState = "saved" | "saving" | "failed" | "conflict";

/** After the last key. */
const pauseMs = 700;

const contentOf = ({ language, header, body, footer, buttons }: OpenTemplate["languages"][number]): DraftContent => ({
  language,
  header,
  body,
  footer,
  buttons,
});

/**
 * The template as it is typed, saved a moment after the last key. One save runs at a time and starts from the mark the last one
 * answered; a failed save keeps the text and is tried again by `retry`; a conflict stops saving until the page is loaded again.
 */
export function useTemplateDraft(template: OpenTemplate) {
  const trpc = useTRPC();
  const { mutateAsync } = useMutation(trpc.templates.save.mutationOptions());
  const [draft, setDraft] = useState<Draft>(() => ({
    category: template.category,
    samples: template.samples,
    languages: template.languages.map(contentOf),
  }));
  const [state, setState] = useState<SaveState>("saved");
  const [savedAt, setSavedAt] = useState(template.updatedAt);
  const mark = useRef(template.updatedAt);
  const waiting = useRef<Draft | null>(null);
  const running = useRef<Promise<boolean> | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const saveOnce = async (next: Draft): Promise<boolean> => {
    setState("saving");
    try {
      const answer = await mutateAsync({ templateId: template.id, seenAt: mark.current, ...next });
      mark.current = answer.savedAt;
      setSavedAt(answer.savedAt);
      setState("saved");
      return true;
    } catch (error) {
      waiting.current ??= next;
      setState(isConflict(error) ? "conflict" : "failed");
      return false;
    }
  };
  /** Saves what is waiting, also what was typed meanwhile. True when everything is stored. */
  const flush = async (): Promise<boolean> => {
    clearTimeout(timer.current);
    let isStored = (await running.current) ?? true;
    while (isStored && waiting.current) {
      const next = waiting.current;
      waiting.current = null;
      running.current = saveOnce(next);
      isStored = await running.current;
    }
    running.current = null;
    return isStored && !waiting.current;
  };
  const change = (edit: (draft: Draft) => Draft) => {
    const next = edit(waiting.current ?? draft);
    setDraft(next);
    waiting.current = next;
    if (state === "conflict") return;
    setState("saving");
    clearTimeout(timer.current);
    timer.current = setTimeout(flush, pauseMs);
  };
  useEffect(() => warnBeforeLeaving(waiting), []);
  return { draft, change, flush, state, savedAt, hasSaved: savedAt !== template.updatedAt };
}

export type TemplateDraftStore = ReturnType<typeof useTemplateDraft>;

function isConflict(error: unknown): boolean {
  return error instanceof Error && "data" in error && (error.data as { code?: string } | null)?.code === "CONFLICT";
}

/** The browser asks before it closes a page with unsaved text. */
function warnBeforeLeaving(waiting: { current: Draft | null }): () => void {
  const onLeave = (event: BeforeUnloadEvent) => {
    if (waiting.current) event.preventDefault();
  };
  window.addEventListener("beforeunload", onLeave);
  return () => window.removeEventListener("beforeunload", onLeave);
}

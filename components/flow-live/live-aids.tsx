"use client";

import type { Node, NodeProps } from "@xyflow/react";
import { memo } from "react";
import { useTranslations } from "use-intl";
import { aidLooks } from "#components/flow-canvas/aid-looks.ts";
import { FrameTitle, NoteAuthor, NoteText } from "#components/flow-canvas/aid-words.tsx";
import { cn } from "#components/ui/cn.ts";
import type { GraphGroup, GraphNote } from "#flow/graph.ts";

export type LiveNote = Node<{ note: GraphNote }, "note">;
export type LiveFrame = Node<{ group: GraphGroup }, "frame">;

/** A note beside the steps of a running flow. */
export const LiveNoteCard = memo(function LiveNoteCard({ data: { note } }: NodeProps<LiveNote>) {
  const t = useTranslations("flowEditor.notes");
  return (
    <div
      role="note"
      aria-label={t("name", { author: note.author, text: note.text })}
      data-testid="live-note"
      className={cn("w-44 rounded-md border px-3 py-2.5", aidLooks[note.colour].note)}
    >
      <NoteText note={note} />
      <NoteAuthor note={note} />
    </div>
  );
});

/** A group of a running flow: the frame around its steps, always open, so that each step shows its people. */
export const LiveGroupFrame = memo(function LiveGroupFrame({ data: { group } }: NodeProps<LiveFrame>) {
  const t = useTranslations("flowEditor.groups");
  const title = group.name || t("unnamed");
  const looks = aidLooks[group.colour];
  return (
    <div
      role="img"
      aria-label={t("name", { name: title, count: group.steps.length })}
      data-testid="live-group"
      className={cn("size-full rounded-xl border border-dashed", looks.frame)}
    >
      {/* Close to its steps, and left of the line that comes in: cards are higher here than where the frame was drawn. */}
      <FrameTitle
        title={title}
        className={cn(
          "pt-6.5 pr-[52%] text-xs leading-4 in-[.is-far]:pt-4.5 in-[.is-far]:pr-4 in-[.is-far]:leading-7",
          looks.title,
        )}
      />
    </div>
  );
});

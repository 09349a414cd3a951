"use client";

import type { Node, NodeProps } from "@xyflow/react";
import { memo, type ReactNode } from "react";
import { useTranslations } from "use-intl";
import { aidLooks } from "#components/flow-canvas/aid-looks.ts";
import { FrameTitle, NoteAuthor, NoteText } from "#components/flow-canvas/aid-words.tsx";
import { cn } from "#components/ui/cn.ts";
import type { GraphGroup, GraphNote } from "#flow/graph.ts";
import { ChangeMark, changeFrames } from "./change-mark.tsx";
import type { ChangeKind } from "./overlay-graphs.ts";

type Shown = { kind: ChangeKind; isDim: boolean };
export type DiffNote = Node<Shown & { note: GraphNote }, "note">;
export type DiffFrame = Node<Shown & { group: GraphGroup }, "frame">;

/** A note of two compared graphs. */
export const DiffNoteCard = memo(function DiffNoteCard({ data, selected }: NodeProps<DiffNote>) {
  const { note, kind } = data;
  const t = useTranslations("flowEditor.notes");
  return (
    <AidBox
      {...data}
      name={t("name", { author: note.author, text: note.text })}
      testId="diff-note"
      isChosen={selected}
      className={cn("w-44 rounded-md px-3 py-2.5", aidLooks[note.colour].note)}
    >
      <NoteText note={note} className={kind === "removed" ? gone : undefined} />
      <NoteAuthor note={note} />
    </AidBox>
  );
});

/** A group of two compared graphs: the frame around its steps, always open. */
export const DiffGroupFrame = memo(function DiffGroupFrame({ data, selected }: NodeProps<DiffFrame>) {
  const { group, kind } = data;
  const t = useTranslations("flowEditor.groups");
  const title = group.name || t("unnamed");
  const looks = aidLooks[group.colour];
  return (
    <AidBox
      {...data}
      name={t("name", { name: title, count: group.steps.length })}
      testId="diff-group"
      isChosen={selected}
      className={cn("size-full rounded-xl border-dashed", looks.frame)}
    >
      <FrameTitle title={title} className={kind === "removed" ? gone : looks.title} />
    </AidBox>
  );
});

const gone = "text-danger line-through";

type AidBoxProps = Shown & {
  name: string;
  testId: string;
  isChosen: boolean;
  className: string;
  children: ReactNode;
};

/** One picture with a name that says what became of it; its border and mark say the same. */
function AidBox({ name, kind, isDim, testId, isChosen, className, children }: AidBoxProps) {
  const t = useTranslations("flowDiff");
  return (
    <div
      role="img"
      aria-label={t("aid", { name, kind })}
      data-testid={testId}
      data-change={kind}
      className={cn(
        "relative border",
        className,
        kind === "same" ? "" : changeFrames[kind],
        isDim && "grayscale",
        isChosen && "outline-2 outline-accent outline-offset-2",
      )}
    >
      {children}
      <ChangeMark kind={kind} />
    </div>
  );
}

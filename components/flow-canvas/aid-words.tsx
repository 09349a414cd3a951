import { cn } from "#components/ui/cn.ts";
import type { GraphNote } from "#flow/graph.ts";

/** What somebody wrote beside the steps. */
export function NoteText({ note, className }: { note: GraphNote; className?: string }) {
  return (
    <p className={cn("whitespace-pre-wrap text-xs leading-[18px] [overflow-wrap:anywhere]", className)}>{note.text}</p>
  );
}

/** Who wrote it. */
export function NoteAuthor({ note }: { note: GraphNote }) {
  return (
    <p className="mt-1.5 truncate text-mini text-secondary" title={note.author}>
      {note.author}
    </p>
  );
}

/** The name over a frame that is only read; below 60 % it grows, so that it can still be read. */
export function FrameTitle({ title, className }: { title: string; className?: string }) {
  return <p className={cn("truncate px-4 pt-2 font-semibold text-sm in-[.is-far]:text-h1", className)}>{title}</p>;
}

"use client";

import { FileUp } from "lucide-react";
import { type DragEvent, type ReactNode, useId, useState } from "react";
import { cn } from "./cn.ts";

type DropZoneProps = {
  onFile: (file: File | undefined) => void;
  /** What it takes, as an input's `accept`. */
  accept: string;
  title: ReactNode;
  help: ReactNode;
};

/** A place to drop a file on, or to choose one. */
export function DropZone({ onFile, accept, title, help }: DropZoneProps) {
  const inputId = useId();
  const [isOver, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFile(event.dataTransfer.files[0]);
  };
  return (
    <label
      htmlFor={inputId}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cn(
        "flex cursor-pointer flex-col items-center rounded-lg border border-dashed px-4 py-8 text-center transition-colors focus-within:border-accent focus-within:outline-2 focus-within:outline-accent",
        isOver ? "border-accent bg-accent-tint" : "border-border-strong bg-sunken/50 hover:bg-hover",
      )}
    >
      <FileUp aria-hidden className="mb-2 size-6 text-secondary" strokeWidth={1.5} />
      <span className="font-medium text-sm">{title}</span>
      <span className="text-secondary text-xs">{help}</span>
      <input
        id={inputId}
        type="file"
        accept={accept}
        className="sr-only"
        onChange={(event) => {
          onFile(event.target.files?.[0]);
          // The same file, corrected, must be takeable again.
          event.target.value = "";
        }}
      />
    </label>
  );
}

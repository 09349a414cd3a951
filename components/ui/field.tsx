"use client";

import { CircleAlert } from "lucide-react";
import { cloneElement, type ReactElement, type ReactNode, useId } from "react";
import { cn } from "./cn.ts";
import { Label } from "./label.tsx";

type ControlProps = { id?: string; "aria-describedby"?: string; "aria-invalid"?: boolean };

type FieldProps = {
  label: ReactNode;
  /** At the right of the label: a counter, "optional". */
  aside?: ReactNode;
  help?: ReactNode;
  error?: ReactNode;
  className?: string;
  /** One control that takes id, aria-describedby and aria-invalid. */
  children: ReactElement<ControlProps>;
};

/** Label, control, and under it what to know or what is wrong; all tied together for screen readers. */
export function Field({ label, aside, help, error, className, children }: FieldProps) {
  const ownId = useId();
  const id = children.props.id ?? ownId;
  const noteId = `${id}-note`;
  const note = error ?? help;
  return (
    <div className={cn("space-y-1.5", className)}>
      <div className="flex items-baseline justify-between gap-3">
        <Label htmlFor={id}>{label}</Label>
        {aside ? <span className="text-tertiary text-xs">{aside}</span> : null}
      </div>
      {cloneElement(children, {
        id,
        "aria-describedby": note ? noteId : undefined,
        "aria-invalid": error ? true : undefined,
      })}
      {note ? (
        <p id={noteId} className={cn("flex items-start gap-1.5 text-xs", error ? "text-danger" : "text-secondary")}>
          {error ? <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" /> : null}
          <span>{note}</span>
        </p>
      ) : null}
    </div>
  );
}

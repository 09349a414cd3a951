"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";

/**
 * The cross in the corner of a dialog or sheet. Last in the document, so that focus starts on the first field; a native title in
 * place of a tooltip, which would pop up each time focus lands here.
 */
export function CornerClose({ label }: { label: string }) {
  return (
    <Radix.Close
      aria-label={label}
      title={label}
      className="absolute top-3.5 right-3.5 grid size-7 place-items-center rounded-md text-secondary hover:bg-hover hover:text-ink"
    >
      <X aria-hidden className="size-4" />
    </Radix.Close>
  );
}

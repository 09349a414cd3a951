"use client";

import { CopyButton } from "./copy-button.tsx";
import { Input } from "./input.tsx";

type SecretLineProps = { label: string; text: string; copyLabel: string; copiedLabel: string };

/** A link or key that is shown once: to read, to select, to copy. */
export function SecretLine({ label, text, copyLabel, copiedLabel }: SecretLineProps) {
  return (
    <div className="flex items-center gap-2">
      <Input
        readOnly
        aria-label={label}
        value={text}
        className="font-mono text-xs"
        onFocus={(event) => event.target.select()}
      />
      <CopyButton text={text} label={copyLabel} copiedLabel={copiedLabel} size="normal" />
    </div>
  );
}

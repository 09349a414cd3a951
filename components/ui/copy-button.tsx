"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button, type ButtonProps } from "./button.tsx";

type CopyButtonProps = Omit<ButtonProps, "children" | "onClick"> & {
  text: string;
  label: string;
  copiedLabel: string;
  onCopied?: () => void;
};

/** Copies a text and says so for two seconds. */
export function CopyButton({ text, label, copiedLabel, onCopied, size = "dense", ...rest }: CopyButtonProps) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    onCopied?.();
  };
  return (
    <Button size={size} onClick={copy} {...rest}>
      {isCopied ? <Check aria-hidden className="text-success" /> : <Copy aria-hidden />}
      <span aria-live="polite">{isCopied ? copiedLabel : label}</span>
    </Button>
  );
}

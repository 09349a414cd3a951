"use client";

import { useState } from "react";
import type { Json } from "#flow/json.ts";
import { shownValue, typedValue } from "./typed-value.ts";
import type { RuleField } from "./value-kind.ts";

/**
 * The text of a field whose value is kept as what it stands for: the field keeps what one types ("1." on the way to "1.5") until the
 * value changes from outside. `read` answers what was typed as a value.
 */
export function useTypedText(
  value: Json | undefined,
  field: Pick<RuleField, "kind" | "currency">,
  zone?: string,
): { text: string; read: (typed: string) => Json } {
  const stored = shownValue(value, field, zone);
  const [text, setText] = useState(stored);
  const isOwn = JSON.stringify(typedValue(text, field, zone)) === JSON.stringify(value ?? "");
  return {
    text: isOwn ? text : stored,
    read: (typed) => {
      setText(typed);
      return typedValue(typed, field, zone);
    },
  };
}

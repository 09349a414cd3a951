"use client";

import { useMemo } from "react";
import { fieldFinder } from "#components/rule-builder/unknown-field.ts";
import { useContactFields } from "#components/rule-builder/use-contact-fields.ts";
import type { RuleField } from "#components/rule-builder/value-kind.ts";

/** What a segment can look at, and the field of a path also where nobody has met it. `isReady`: they are loaded. */
export type SegmentFields = { fields: RuleField[]; fieldOf: (path: string) => RuleField; isReady: boolean };

export function useSegmentFields(): SegmentFields {
  const fields = useContactFields();
  return useMemo(
    () => ({ fields: fields ?? [], fieldOf: fieldFinder(fields ?? []), isReady: fields !== undefined }),
    [fields],
  );
}

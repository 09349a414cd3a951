"use client";

import { useCallback } from "react";
import { useRuleSentence } from "#components/rule-builder/use-rule-sentence.ts";
import { useSession } from "#components/session/session-provider.tsx";
import type { Rule } from "#flow/rule.ts";
import type { SegmentFields } from "./use-segment-fields.ts";

/** A segment's rule, or a line of it, in words. */
export function useSegmentSentence({ fieldOf }: SegmentFields): (rule: Rule) => string {
  const { workspace } = useSession();
  const sentence = useRuleSentence();
  return useCallback((rule: Rule) => sentence(rule, fieldOf, workspace.timezone), [sentence, fieldOf, workspace]);
}

"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { stateLooks } from "#components/approval-ask/state-looks.ts";
import { Chip } from "#components/ui/chip.tsx";
import { useEditor } from "../editor-state/editor-context.tsx";
import { useEditorWorld } from "../editor-world.tsx";

/** The number the draft would go live by, and what the others say about exactly this one, where they were asked. */
export function DraftChip({ number }: { number: number }) {
  const t = useTranslations("approvals");
  const bar = useTranslations("flowEditor.bar");
  const { flowId, canPublish, readStanding } = useEditorWorld();
  const revision = useEditor((state) => state.revision);
  const isSaved = useEditor((state) => state.save.kind === "saved");
  const { data } = useQuery({
    queryKey: ["flow-standing", flowId, revision],
    queryFn: readStanding,
    enabled: canPublish && isSaved,
    refetchInterval: 10_000,
  });
  const request = data?.request;
  if (!request?.isCurrent || data?.isLive || request.state === "withdrawn")
    return <Chip className="bg-surface">{bar("draft", { number })}</Chip>;
  const { tone, icon } = stateLooks[request.state];
  return (
    <Link href={`/approvals?id=${request.id}`} className="inline-flex rounded-full">
      <Chip tone={tone} icon={icon} className="hover:border-current">
        {bar("reviewed", { number, state: t(request.state === "open" ? "ask.inReview" : `states.${request.state}`) })}
      </Chip>
    </Link>
  );
}

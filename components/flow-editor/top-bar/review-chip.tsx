"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { stateLooks } from "#components/approval-ask/state-looks.ts";
import { Chip } from "#components/ui/chip.tsx";
import { useEditor } from "../editor-state/editor-context.tsx";
import { useEditorWorld } from "../editor-world.tsx";

/** What the others say about this draft, beside its number: nothing unless they were asked about exactly this one. */
export function ReviewChip() {
  const t = useTranslations("approvals");
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
  if (!request?.isCurrent || data?.isLive || request.state === "withdrawn") return null;
  const { tone, icon } = stateLooks[request.state];
  return (
    <Link href={`/approvals?id=${request.id}`} className="inline-flex rounded-full">
      <Chip tone={tone} icon={icon} className="hover:border-current">
        {t(request.state === "open" ? "ask.inReview" : `states.${request.state}`)}
      </Chip>
    </Link>
  );
}

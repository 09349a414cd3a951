"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { Avatar } from "#components/ui/avatar.tsx";
import { Tooltip } from "#components/ui/tooltip.tsx";
import { useEditorWorld } from "../editor-world.tsx";

const everyMs = 15_000;
const mostFaces = 3;

/** The faces of others who have this flow open now, and says so to theirs. */
export function OtherEditors() {
  const t = useTranslations("flowEditor.presence");
  const { flowId, markPresence } = useEditorWorld();
  const { data: others = [] } = useQuery({
    queryKey: ["flow-presence", flowId],
    queryFn: markPresence,
    refetchInterval: everyMs,
    refetchIntervalInBackground: true,
  });
  if (others.length === 0) return null;
  const names = others.map((person) => person.name);
  const hint = t("here", { count: others.length, names: names.join(", ") });
  return (
    <Tooltip text={hint}>
      <button
        type="button"
        aria-label={hint}
        data-testid="other-editors"
        className="flex shrink-0 cursor-default -space-x-1.5 rounded-full"
      >
        {others.slice(0, mostFaces).map((person) => (
          <Avatar key={person.userId} name={person.name} seed={person.userId} className="ring-2 ring-surface" />
        ))}
        {others.length > mostFaces ? (
          <span aria-hidden className="pl-2.5 text-secondary text-xs leading-7">
            +{others.length - mostFaces}
          </span>
        ) : null}
      </button>
    </Tooltip>
  );
}

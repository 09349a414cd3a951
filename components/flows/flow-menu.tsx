"use client";

import {
  Archive,
  ArchiveRestore,
  Copy,
  Download,
  Ellipsis,
  Hand,
  type LucideIcon,
  Pause,
  PenLine,
  Play,
} from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ActQuestion, wideActs } from "#components/flow-acts/act-question.tsx";
import { actsFor, type StatusAct, type useFlowActs } from "#components/flow-acts/use-flow-acts.ts";
import { flowFormats } from "#components/flow-file/flow-text.ts";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "#components/ui/dropdown-menu.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { FlowRow } from "./flow-row.ts";

const icons: Record<StatusAct, LucideIcon> = {
  pause: Pause,
  resume: Play,
  hold: Hand,
  release: Play,
  archive: Archive,
  restore: ArchiveRestore,
};

type FlowMenuProps = { flow: FlowRow; acts: ReturnType<typeof useFlowActs>; may: { edit: boolean; pause: boolean } };

/** The menu of one flow, and the question before an act that touches people. */
export function FlowMenu({ flow, acts, may }: FlowMenuProps) {
  const t = useTranslations("flows");
  const [asked, setAsked] = useState<StatusAct | null>(null);
  const allowedActs = actsFor[flow.status].filter((act) =>
    act === "archive" || act === "restore" ? may.edit : may.pause,
  );
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <IconButton icon={Ellipsis} label={t("menuOf", { name: flow.name })} size="dense" />
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem asChild>
            <Link href={`/flows/${flow.id}`}>
              <PenLine aria-hidden className="text-secondary" />
              {t("open")}
            </Link>
          </DropdownMenuItem>
          {may.edit ? (
            <DropdownMenuItem icon={Copy} onSelect={() => acts.duplicate(flow).catch(() => undefined)}>
              {t("duplicate")}
            </DropdownMenuItem>
          ) : null}
          {flowFormats.map((format) => (
            <DropdownMenuItem key={format} icon={Download} onSelect={() => acts.download(flow, format)}>
              {t("exportAs", { format: format.toUpperCase() })}
            </DropdownMenuItem>
          ))}
          {allowedActs.length > 0 ? <DropdownMenuSeparator /> : null}
          {allowedActs.map((act) => (
            <DropdownMenuItem
              key={act}
              icon={icons[act]}
              onSelect={() => (wideActs.includes(act) ? setAsked(act) : acts.change(act, flow).catch(() => undefined))}
            >
              {t(`acts.${act}`)}
            </DropdownMenuItem>
          ))}
        </DropdownMenuContent>
      </DropdownMenu>
      <ActQuestion act={asked} flow={flow} acts={acts} onClose={() => setAsked(null)} />
    </>
  );
}

"use client";

import { Archive, Download, Ellipsis, Hand, Pause, Play, Undo2 } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ActQuestion, wideActs } from "#components/flow-acts/act-question.tsx";
import { type ActFlow, actsFor, type StatusAct, useFlowActs } from "#components/flow-acts/use-flow-acts.ts";
import { useSession } from "#components/session/session-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "#components/ui/dropdown-menu.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { RollBackDialog } from "./roll-back-dialog.tsx";

const icons = { pause: Pause, resume: Play, hold: Hand, release: Play } as const;

type LiveActsProps = {
  flow: ActFlow;
  /** The running version, and the one that ran before it (null: none did). */
  number: number;
  before: number | null;
  onDownload: () => void;
};

/** Pause, hold, archive: what stops a flow, one click and a question with the number away. */
export function LiveActs({ flow, number, before, onDownload }: LiveActsProps) {
  const t = useTranslations("flows");
  const own = useTranslations("flowLive");
  const { can } = useSession();
  const acts = useFlowActs();
  const [asked, setAsked] = useState<StatusAct | null>(null);
  const [isGoingBack, setGoingBack] = useState(false);
  const run = (act: StatusAct) =>
    wideActs.includes(act) ? setAsked(act) : void acts.change(act, flow).catch(() => undefined);
  const buttons = actsFor[flow.status].filter((act): act is keyof typeof icons => act in icons && can("pause-flows"));
  return (
    <>
      {buttons.map((act) => {
        const Icon = icons[act];
        return (
          <Button key={act} size="dense" className="h-8" isBusy={acts.isBusy} onClick={() => run(act)}>
            <Icon aria-hidden className="max-[1180px]:hidden" />
            {t(`acts.${act}`)}
          </Button>
        );
      })}
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <IconButton icon={Ellipsis} label={own("more")} size="dense" className="h-8" />
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem icon={Download} onSelect={onDownload}>
            {own("download")}
          </DropdownMenuItem>
          {can("publish-flows") && before !== null && flow.status !== "archived" ? (
            <DropdownMenuItem icon={Undo2} onSelect={() => setGoingBack(true)}>
              {own("rollBack.act", { to: before })}
            </DropdownMenuItem>
          ) : null}
          {can("edit-flows") && actsFor[flow.status].includes("archive") ? (
            <DropdownMenuItem icon={Archive} onSelect={() => run("archive")}>
              {t("acts.archive")}
            </DropdownMenuItem>
          ) : null}
        </DropdownMenuContent>
      </DropdownMenu>
      {isGoingBack && before !== null ? (
        <RollBackDialog flow={flow} from={number} to={before} onClose={() => setGoingBack(false)} />
      ) : null}
      <ActQuestion act={asked} flow={flow} acts={acts} onClose={() => setAsked(null)} />
    </>
  );
}

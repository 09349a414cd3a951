"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { ChangeList } from "#components/flow-words/change-list.tsx";
import type { graphChange } from "#components/flow-words/graph-change.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { toast } from "#components/ui/toaster.tsx";
import { useEditor, useEditorActions } from "../editor-state/editor-context.tsx";
import { useEditorWorld } from "../editor-world.tsx";

/** Somebody else saved this flow meanwhile: nothing is overwritten, the person decides which version goes on here. */
export function ConflictDialog() {
  const save = useEditor((state) => state.save);
  return save.kind === "conflict" ? <Conflict theirs={save.theirs} /> : null;
}

function Conflict({
  theirs,
}: {
  theirs: { revision: number; graph: Parameters<typeof graphChange>[0]; updatedBy: string };
}) {
  const t = useTranslations("flowEditor.conflict");
  const common = useTranslations("common");
  const graph = useEditor((state) => state.graph);
  const catalog = useEditor((state) => state.catalog);
  const name = useEditor((state) => state.name);
  const { replaceGraph } = useEditorActions();
  const { keepAsCopy } = useEditorWorld();
  const [isBusy, setBusy] = useState(false);
  const takeTheirs = () => replaceGraph(theirs.graph, theirs.revision);
  const keepMine = async () => {
    setBusy(true);
    try {
      const address = await keepAsCopy(graph, t("copyName", { name }));
      takeTheirs();
      toast.success(t("copied"), { action: { label: common("open"), onClick: () => window.open(address, "_self") } });
    } catch {
      toast.error(common("networkFailed"));
    }
    setBusy(false);
  };
  return (
    <Dialog
      open
      title={t("title", { name: theirs.updatedBy })}
      description={t("hint")}
      closeLabel={common("close")}
      className="max-w-2xl"
      footer={
        <>
          <Button isBusy={isBusy} onClick={keepMine}>
            {t("keepMine")}
          </Button>
          <Button variant="primary" disabled={isBusy} onClick={takeTheirs}>
            {t("takeTheirs")}
          </Button>
        </>
      }
    >
      <h3 className="mb-2 font-semibold text-sm">{t("difference", { name: theirs.updatedBy })}</h3>
      <ChangeList before={theirs.graph} after={graph} catalog={catalog} emptyText={t("same")} />
    </Dialog>
  );
}

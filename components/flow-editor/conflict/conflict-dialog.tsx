"use client";

import { useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { FlowDiff } from "#components/flow-diff/flow-diff.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { toast } from "#components/ui/toaster.tsx";
import { useEditor, useEditorActions } from "../editor-state/editor-context.tsx";
import type { SaveState } from "../editor-state/editor-store.ts";
import { mergeDrafts, type Side } from "../editor-state/merge-drafts.ts";
import { useEditorWorld } from "../editor-world.tsx";
import { BothSides } from "./both-sides.tsx";
import { Clashes } from "./clashes.tsx";

/** Somebody else saved this flow meanwhile: nothing is overwritten, the person decides which version goes on here. */
export function ConflictDialog() {
  const save = useEditor((state) => state.save);
  return save.kind === "conflict" ? <Conflict key={save.theirs.revision} theirs={save.theirs} /> : null;
}

type Theirs = Extract<SaveState, { kind: "conflict" }>["theirs"];
type View = "merge" | "drawn";

function Conflict({ theirs }: { theirs: Theirs }) {
  const t = useTranslations("flowEditor.conflict");
  const common = useTranslations("common");
  const mine = useEditor((state) => state.graph);
  const base = useEditor((state) => state.base);
  const catalog = useEditor((state) => state.catalog);
  const { takeMerged, replaceGraph } = useEditorActions();
  const [view, setView] = useState<View>("merge");
  const [choices, setChoices] = useState<ReadonlyMap<string, Side>>(new Map());
  const merge = useMemo(() => mergeDrafts(base, mine, theirs.graph, choices), [base, mine, theirs, choices]);
  const open = merge.clashes.filter(({ key }) => !choices.has(key)).length;
  const copy = useKeepCopy(theirs);
  return (
    <Dialog
      open
      title={t("title", { name: theirs.updatedBy })}
      description={t("hint")}
      closeLabel={common("close")}
      className="max-w-[1104px]"
      footer={
        <>
          <span role="status" className="mr-auto text-secondary text-sm">
            {open > 0 ? t("open", { count: open }) : t("ready")}
          </span>
          <Button isBusy={copy.isBusy} onClick={copy.keep}>
            {t("keepMine")}
          </Button>
          <Button disabled={copy.isBusy} onClick={() => replaceGraph(theirs.graph, theirs.revision)}>
            {t("takeTheirs")}
          </Button>
          <Button
            variant="primary"
            disabled={copy.isBusy || open > 0}
            onClick={() => {
              takeMerged(merge.graph, theirs);
              toast.success(t("merged"));
            }}
          >
            {t("merge")}
          </Button>
        </>
      }
    >
      <Segmented<View>
        aria-label={t("view")}
        value={view}
        onValueChange={setView}
        className="mb-4"
        options={[
          { value: "merge", label: t("views.merge") },
          { value: "drawn", label: t("views.drawn") },
        ]}
      />
      {view === "drawn" ? (
        <FlowDiff
          before={theirs.graph}
          after={mine}
          catalog={catalog}
          emptyText={t("same")}
          className="h-[480px] overflow-hidden rounded-lg border border-border"
          head={<p className="px-4 pt-3 text-secondary text-sm">{t("difference", { name: theirs.updatedBy })}</p>}
        />
      ) : (
        <>
          <BothSides base={base} mine={mine} theirs={theirs} />
          <Clashes
            clashes={merge.clashes}
            theirs={theirs}
            choices={choices}
            onChoose={(key, side) => setChoices(new Map([...choices, [key, side]]))}
          />
        </>
      )}
    </Dialog>
  );
}

/** What one drew goes on as a flow of its own, and the colleague's version here. */
function useKeepCopy(theirs: Theirs) {
  const t = useTranslations("flowEditor.conflict");
  const common = useTranslations("common");
  const mine = useEditor((state) => state.graph);
  const name = useEditor((state) => state.name);
  const { replaceGraph } = useEditorActions();
  const { keepAsCopy } = useEditorWorld();
  const [isBusy, setBusy] = useState(false);
  const keep = async () => {
    setBusy(true);
    try {
      const address = await keepAsCopy(mine, t("copyName", { name }));
      replaceGraph(theirs.graph, theirs.revision);
      toast.success(t("copied"), { action: { label: common("open"), onClick: () => window.open(address, "_self") } });
    } catch {
      toast.error(common("networkFailed"));
      setBusy(false);
    }
  };
  return { isBusy, keep };
}

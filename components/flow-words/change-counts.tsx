"use client";

import { useTranslations } from "use-intl";
import { Chip } from "#components/ui/chip.tsx";
import { changeLooks } from "./change-looks.ts";
import type { ChangeLine } from "./use-change-lines.ts";

const kinds = ["added", "removed", "changed"] as const;

/** How much is different, by kind; nothing for a kind that has none. */
export function ChangeCounts({ lines }: { lines: readonly ChangeLine[] }) {
  const t = useTranslations("flowEditor.changes");
  return (
    <div className="flex flex-wrap gap-1.5">
      {kinds.map((kind) => {
        const count = lines.filter((line) => line.kind === kind).length;
        return count > 0 ? (
          <Chip key={kind} tone={changeLooks[kind].tone}>
            {t(kind, { count })}
          </Chip>
        ) : null;
      })}
    </div>
  );
}

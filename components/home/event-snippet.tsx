"use client";

import { Smartphone } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { ScrollArea } from "#components/ui/scroll-area.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { type DemoEvent, snippetFor } from "./snippet-for.ts";

const kinds = ["curl", "node"] as const;

/** The event to send, ready to paste into a terminal. */
export function EventSnippet({ event }: { event: DemoEvent }) {
  const t = useTranslations("home.snippet");
  const common = useTranslations("common");
  const { isDemo } = useSession();
  const [kind, setKind] = useState<(typeof kinds)[number]>("curl");
  const text = snippetFor(kind, event, { writeKey: t("yourWriteKey"), userId: t("yourCustomerId") });
  return (
    <div className="max-w-3xl">
      <div className="overflow-hidden rounded-md border border-border bg-sunken">
        <div className="flex items-center justify-between gap-2 border-border border-b px-2 py-1.5">
          <Segmented
            isDense
            aria-label={t("kind")}
            value={kind}
            onValueChange={setKind}
            options={[
              { value: "curl", label: "curl" },
              { value: "node", label: "Node" },
            ]}
          />
          <CopyButton text={text} label={common("copy")} copiedLabel={common("copied")} />
        </div>
        <ScrollArea as="pre" className="overflow-x-auto p-3 font-mono text-ink text-xs leading-5">
          <code>{text}</code>
        </ScrollArea>
      </div>
      {isDemo ? (
        <p className="mt-2.5 flex items-center gap-2 text-secondary text-sm">
          <Smartphone aria-hidden className="size-4 shrink-0 text-tertiary" />
          <span>
            {t.rich("noTerminal", {
              link: (words) => (
                <Link href="/sandbox" className="font-medium text-accent underline-offset-2 hover:underline">
                  {words}
                </Link>
              ),
            })}
          </span>
        </p>
      ) : null}
    </div>
  );
}

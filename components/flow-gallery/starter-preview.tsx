"use client";

import { useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { FlowThumbnail } from "#components/flow-thumbnail/flow-thumbnail.tsx";
import { PhonePill } from "#components/phone/phone.tsx";
import { WhatsAppMessage } from "#components/phone/whatsapp-message.tsx";
import { Button } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { ScrollArea } from "#components/ui/scroll-area.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import type { GraphNode } from "#flow/graph.ts";
import { graphShape } from "#flow/graph-shape.ts";
import { nodeTypeOf } from "#flow/nodes/index.ts";
import type { Starter } from "#flow/starters/index.ts";
import { starterMessages } from "./starter-messages.ts";
import { StarterNeeds } from "./starter-needs.tsx";
import { contentIn, sampleMessage } from "./template-view.ts";

type StarterPreviewProps = { starter: Starter; isBusy: boolean; onUse: () => void };

/** The chosen starter from close up: graph, messages in both languages, what it needs, and the one button. */
export function StarterPreview({ starter, isBusy, onUse }: StarterPreviewProps) {
  const t = useTranslations("flowGallery");
  const names = useTranslations("starters");
  return (
    <aside
      aria-label={t("previewOf", { name: names(`${starter.id}.name`) })}
      className="sticky bottom-0 z-10 -mx-4 flex xl:max-h-[max(480px,calc(100dvh-152px))] flex-col overflow-hidden border-border border-t bg-surface md:-mx-6 xl:top-16 xl:z-0 xl:mx-0 xl:rounded-lg xl:border"
    >
      <div className="hidden items-start justify-between gap-3 px-4 pt-3 pb-3 xl:flex">
        <div className="min-w-0">
          <h2 className="text-h2">{names(`${starter.id}.name`)}</h2>
          <p className="text-secondary text-sm">{names(`${starter.id}.promise`)}</p>
        </div>
        <Chip className="mt-0.5">{t(`categories.${starter.category}`)}</Chip>
      </div>
      <FlowThumbnail
        shape={graphShape(starter.graph)}
        room={350}
        className="hidden h-[116px] shrink-0 border-border border-y xl:flex"
      />
      <Messages key={starter.id} starter={starter} />
      <div className="hidden shrink-0 border-border border-t xl:block">
        <StarterNeeds starter={starter} />
      </div>
      <div className="flex shrink-0 items-center gap-3 border-border px-4 py-3 md:px-6 xl:border-t xl:px-4">
        <span className="min-w-0 flex-1 truncate font-semibold xl:hidden">{names(`${starter.id}.name`)}</span>
        <Button variant="primary" className="xl:flex-1" isBusy={isBusy} onClick={onUse}>
          {t("use")}
        </Button>
      </div>
    </aside>
  );
}

function Messages({ starter }: { starter: Starter }) {
  const t = useTranslations("flowGallery");
  const locale = useLocale();
  const [language, setLanguage] = useState(locale === "fr" ? "fr" : "en");
  const messages = starterMessages(starter);
  return (
    <>
      <div className="hidden shrink-0 items-center justify-between px-4 py-2 xl:flex">
        <h3 className="font-semibold text-sm">{t("messages", { count: messages.length })}</h3>
        <Segmented
          isDense
          aria-label={t("language")}
          value={language}
          onValueChange={setLanguage}
          options={[
            { value: "en", label: "English" },
            { value: "fr", label: "Français" },
          ]}
        />
      </div>
      <ScrollArea
        as="section"
        aria-label={t("messages", { count: messages.length })}
        className="hidden min-h-40 flex-1 space-y-2 overflow-y-auto bg-wa-chat px-3.5 py-3 xl:block"
      >
        {messages.map(({ nodeId, message, after }) => {
          const content = contentIn(message, language);
          if (!content) return null;
          return (
            <div key={nodeId} className="space-y-2">
              {after ? <AfterStep node={after} /> : null}
              <WhatsAppMessage message={sampleMessage(content, message.samples)} from="business" time="09:41" />
            </div>
          );
        })}
      </ScrollArea>
    </>
  );
}

/** What has to pass before the next message, in the step's own words. */
function AfterStep({ node }: { node: GraphNode }) {
  const t = useTranslations("nodes");
  const type = nodeTypeOf(node.type);
  const config = type?.config.safeParse(node.data);
  if (!type || !config?.success) return null;
  const [key, values] = type.summary(config.data, { templates: [] });
  return <PhonePill>{t(key as Parameters<typeof t>[0], values)}</PhonePill>;
}

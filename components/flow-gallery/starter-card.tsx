import { useLocale, useTranslations } from "use-intl";
import { FlowThumbnail } from "#components/flow-thumbnail/flow-thumbnail.tsx";
import { WhatsAppMessage } from "#components/phone/whatsapp-message.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { cn } from "#components/ui/cn.ts";
import { graphShape } from "#flow/graph-shape.ts";
import type { Starter } from "#flow/starters/index.ts";
import { starterMessages } from "./starter-messages.ts";
import { contentIn, sampleMessage } from "./template-view.ts";

type StarterCardProps = { starter: Starter; id: string; isSelected: boolean; onSelect: () => void; onUse: () => void };

/** A starter to choose: its graph, its first message as WhatsApp draws it, its promise. An option of the gallery's list box. */
export function StarterCard({ starter, id, isSelected, onSelect, onUse }: StarterCardProps) {
  const t = useTranslations("starters");
  const categories = useTranslations("flowGallery.categories");
  return (
    // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the list box has the focus and the keys (aria-activedescendant)
    <div
      id={id}
      role="option"
      aria-selected={isSelected}
      onClick={onSelect}
      onDoubleClick={onUse}
      className={cn(
        "cursor-pointer overflow-hidden rounded-lg border bg-surface transition-colors",
        isSelected ? "border-accent ring-1 ring-accent" : "border-border hover:border-border-strong",
      )}
    >
      {/* The option is named by its words below. */}
      <div aria-hidden className="flex h-[121px] border-border border-b">
        <FlowThumbnail shape={graphShape(starter.graph)} room={222} className="min-w-0 flex-[246]" />
        <FirstMessage starter={starter} />
      </div>
      <div className="flex min-h-[49px] items-center gap-3 px-3.5 py-1.5">
        <div className="min-w-0 flex-1">
          <h2 className="truncate font-semibold text-sm">{t(`${starter.id}.name`)}</h2>
          <p className="truncate text-secondary text-xs" title={t(`${starter.id}.promise`)}>
            {t(`${starter.id}.promise`)}
          </p>
        </div>
        <Chip>{categories(starter.category)}</Chip>
      </div>
    </div>
  );
}

function FirstMessage({ starter }: { starter: Starter }) {
  const locale = useLocale();
  const message = starterMessages(starter)[0]?.message;
  const content = message && contentIn(message, locale);
  return (
    <div className="hidden flex-[216] overflow-hidden bg-wa-chat px-2.5 py-2 sm:block">
      {content ? (
        <WhatsAppMessage
          // A taste: the first lines, and what one can tap.
          message={{ ...sampleMessage(content, message.samples), footer: null }}
          from="business"
          isDense
          // Two buttons leave room for two lines.
          className={cn(
            "max-w-full",
            content.buttons.length > 1
              ? "[&_p]:line-clamp-2 [&_p+p]:line-clamp-1 [&_p:has(+p)]:line-clamp-1"
              : "[&_p]:line-clamp-3 [&_p+p]:line-clamp-2",
          )}
        />
      ) : null}
    </div>
  );
}

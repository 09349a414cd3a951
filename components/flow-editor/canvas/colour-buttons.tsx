import { Check } from "lucide-react";
import { useTranslations } from "use-intl";
import { aidLooks } from "#components/flow-canvas/aid-looks.ts";
import { cn } from "#components/ui/cn.ts";
import { type AidColour, aidColours } from "#flow/graph.ts";

type ColourButtonsProps = { value: AidColour; onChange: (colour: AidColour) => void };

/** The colours of a note or a group; the chosen one has a tick, so that colour alone says nothing. */
export function ColourButtons({ value, onChange }: ColourButtonsProps) {
  const t = useTranslations("flowEditor.colours");
  return (
    <fieldset aria-label={t("label")} className="flex items-center gap-0.5 px-0.5">
      {aidColours.map((colour) => (
        <button
          key={colour}
          type="button"
          aria-label={t(colour)}
          aria-pressed={colour === value}
          title={t(colour)}
          onClick={() => onChange(colour)}
          className="grid size-6 place-items-center rounded-sm hover:bg-hover"
        >
          <span className={cn("grid size-3.5 place-items-center rounded-full text-surface", aidLooks[colour].swatch)}>
            {colour === value ? <Check aria-hidden className="size-2.5" strokeWidth={3} /> : null}
          </span>
        </button>
      ))}
    </fieldset>
  );
}

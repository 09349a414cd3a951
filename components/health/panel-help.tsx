"use client";

import { CircleHelp } from "lucide-react";
import { useTranslations } from "use-intl";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Popover } from "#components/ui/popover.tsx";

export type Help = {
  /** What the panel is about, in a sentence or two. */
  about?: string;
  /** What each of its figures means, by the words it stands under. */
  terms?: readonly { term: string; text: string }[];
};

/** The answer to "what is this?" for a whole panel, behind one small button: it works by mouse, keyboard and finger alike. */
export function PanelHelp({ title, help: { about, terms = [] } }: { title: string; help: Help }) {
  const t = useTranslations("health");
  return (
    <Popover
      className="w-80 max-w-[calc(100vw-2rem)]"
      trigger={
        <IconButton
          icon={CircleHelp}
          size="dense"
          label={t("about", { title })}
          className="-ml-1 text-tertiary hover:text-secondary"
        />
      }
    >
      {about ? <p className="text-secondary">{about}</p> : null}
      {terms.length > 0 ? (
        <dl className={about ? "mt-3 space-y-2" : "space-y-2"}>
          {terms.map(({ term, text }) => (
            <div key={term}>
              <dt className="font-medium">{term}</dt>
              <dd className="text-secondary text-xs">{text}</dd>
            </div>
          ))}
        </dl>
      ) : null}
    </Popover>
  );
}

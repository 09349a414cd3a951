"use client";

import { X } from "lucide-react";
import { useTranslations } from "use-intl";
import { IconButton } from "#components/ui/icon-button.tsx";
import { inOrder } from "#components/ui/in-order.tsx";
import { type FreeContent, type FreeList, freeLimits } from "#flow/free-message.ts";
import { AddItem, ListItem } from "../list-frame.tsx";
import { CountedInput } from "./counted-input.tsx";
import { addRow, addSection, inLanguage, removeRow, removeSection } from "./free-edits.ts";
import type { PartProps } from "./part-props.ts";

/** A list that opens: its button, its sections and their rows. Each row has a way out of its own. */
export function ListEditor({ contents, content, onChange, isWrong }: PartProps) {
  const t = useTranslations("flowEditor.freeMessage");
  const { list, language } = content;
  if (!list) return null;
  const change = (edit: (list: FreeList) => FreeList) =>
    onChange(inLanguage(contents, language, (one): FreeContent => ({ ...one, list: one.list && edit(one.list) })));
  const count = list.sections.reduce((sum, { rows }) => sum + rows.length, 0);
  return (
    <div className="space-y-2">
      <p className="text-secondary text-sm">{t("list")}</p>
      <CountedInput
        lang={language}
        label={t("listButton")}
        limit={freeLimits.listButton}
        value={list.label}
        isWrong={isWrong("list.label")}
        onChange={(label) => change((one) => ({ ...one, label }))}
      />
      {inOrder(list.sections, (section, place) => {
        const edit = (part: Partial<FreeList["sections"][number]>) =>
          change((one) => ({
            ...one,
            sections: one.sections.map((each, at) => (at === place ? { ...each, ...part } : each)),
          }));
        return (
          <ListItem
            removeLabel={t("removeSection", { number: place + 1 })}
            onRemove={list.sections.length > 1 ? () => onChange(removeSection(contents, place)) : null}
          >
            <CountedInput
              lang={language}
              label={t("sectionTitle")}
              limit={freeLimits.sectionTitle}
              value={section.title}
              isWrong={isWrong(`list.sections.${place}`)}
              onChange={(title) => edit({ title })}
            />
            {section.rows.map((row, at) => {
              const editRow = (part: Partial<typeof row>) =>
                edit({ rows: section.rows.map((each) => (each.id === row.id ? { ...each, ...part } : each)) });
              const isOff = isWrong(`list.sections.${place}.rows.${at}`);
              return (
                <div key={row.id} className="space-y-1 border-border border-t border-dashed pt-2">
                  <div className="flex items-center gap-1">
                    <CountedInput
                      className="flex-1"
                      lang={language}
                      label={t("row", { number: at + 1 })}
                      limit={freeLimits.rowTitle}
                      value={row.title}
                      isWrong={isOff}
                      onChange={(title) => editRow({ title })}
                    />
                    {count > 1 ? (
                      <IconButton
                        size="dense"
                        className="w-6"
                        icon={X}
                        label={t("removeRow", { text: row.title || String(at + 1) })}
                        onClick={() => onChange(removeRow(contents, row.id))}
                      />
                    ) : null}
                  </div>
                  <CountedInput
                    lang={language}
                    label={t("rowText")}
                    limit={freeLimits.rowText}
                    value={row.description}
                    onChange={(description) => editRow({ description })}
                  />
                </div>
              );
            })}
            {count < freeLimits.rows ? (
              <AddItem onClick={() => onChange(addRow(contents, place))}>{t("addRow")}</AddItem>
            ) : null}
          </ListItem>
        );
      })}
      {count < freeLimits.rows ? (
        <AddItem onClick={() => onChange(addSection(contents))}>{t("addSection")}</AddItem>
      ) : (
        <p className="text-secondary text-xs">{t("fullRows")}</p>
      )}
    </div>
  );
}

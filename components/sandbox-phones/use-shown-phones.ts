"use client";

import { parseAsArrayOf, parseAsString, useQueryState } from "nuqs";
import type { PhoneRow } from "./phones-list.ts";

/** Which phones stand beside each other and in which order; kept in the address, so that a link shows the same. */
export function useShownPhones(all: PhoneRow[]) {
  const [chosen, setChosen] = useQueryState("phones", parseAsArrayOf(parseAsString));
  const byId = new Map(all.map((phone) => [phone.externalId, phone]));
  const ids = (chosen ?? all.map((phone) => phone.externalId)).filter((id) => byId.has(id));
  const shown = ids.flatMap((id) => byId.get(id) ?? []);
  const show = (next: string[]) => {
    // The order everybody gets needs no address of its own.
    const isDefault = next.length === all.length && next.every((id, index) => id === all[index]?.externalId);
    void setChosen(isDefault ? null : next);
  };
  return {
    shown,
    hidden: all.filter((phone) => !ids.includes(phone.externalId)),
    add: (id: string) => show([...ids, id]),
    close: (id: string) => show(ids.filter((one) => one !== id)),
    move: (id: string, by: -1 | 1) => show(moved(ids, id, by)),
  };
}
export type ShownPhones = ReturnType<typeof useShownPhones>;

function moved(ids: string[], id: string, by: -1 | 1): string[] {
  const rest = ids.filter((one) => one !== id);
  const at = ids.indexOf(id) + by;
  return at < 0 || at >= ids.length ? ids : [...rest.slice(0, at), id, ...rest.slice(at)];
}

"use client";

import { parseAsString, useQueryState } from "nuqs";
import type { ComponentProps } from "react";
import { SearchInput } from "./search-input.tsx";

type AddressSearchProps = Omit<ComponentProps<typeof SearchInput>, "value" | "onValueChange" | "name"> & {
  /** Of the address: "?search=...". */
  name: string;
};

/** A search whose words stand in the address, so that what was found can be passed on; none while it is empty. */
export function AddressSearch({ name, ...rest }: AddressSearchProps) {
  const [words, setWords] = useQueryState(name, parseAsString.withDefault(""));
  return <SearchInput value={words} onValueChange={(next) => setWords(next || null)} {...rest} />;
}

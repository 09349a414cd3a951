"use client";

import { useState } from "react";
import { useLocale } from "use-intl";
import { lintFree } from "#flow/lint-free.ts";
import { contentsOf } from "./free-edits.ts";

/** A message's words in all languages, those of the language that is being written (the maker's own at first), and what is wrong in them. */
export function useContents(value: unknown) {
  const locale = useLocale();
  const contents = contentsOf(value);
  const [chosen, setChosen] = useState(locale.split("-")[0] ?? "en");
  const content = contents.find(({ language }) => language === chosen) ?? contents[0];
  const at = content ? contents.indexOf(content) : -1;
  const problems = lintFree(contents).filter(({ field }) => field?.startsWith(`contents.${at}.`));
  return { contents, content, at, problems, setChosen };
}

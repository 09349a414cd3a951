import type { GraphNode } from "#flow/graph.ts";
import { pickLanguage } from "#flow/pick-language.ts";
import type { Catalog } from "#flow/template.ts";
import { languageShares } from "../fields/language-shares.ts";

/** Who would read another language than theirs: of those counted, a share of 0 to 1. `instead` is null where nothing is approved. */
export type OtherLanguage = { language: string; instead: string | null; share: number };

/**
 * Over all templates that a flow sends: the languages in which every one of them is approved, and those that people speak and of
 * which at least one template has no approved text, the most spoken first.
 */
export function templateCoverage(
  nodes: readonly GraphNode[],
  { templates, peopleByLanguage = {} }: Pick<Catalog, "templates" | "peopleByLanguage">,
  workspaceLanguage: string,
): { approved: string[]; otherwise: OtherLanguage[] } {
  const names = new Set(nodes.map(({ data }) => data.template));
  const used = templates.filter(({ name }) => names.has(name));
  const isApproved = (language: string) =>
    used.every(({ languages }) => languages.some((one) => one.language === language && one.status === "approved"));
  const all = new Set(used.flatMap(({ languages }) => languages.map(({ language }) => language)));
  const otherwise = new Map<string, OtherLanguage>();
  for (const template of used) {
    for (const { language, share, status } of languageShares(template, peopleByLanguage, workspaceLanguage)) {
      if (!share || status === "approved" || otherwise.has(language)) continue;
      const read = pickLanguage(template, language, workspaceLanguage);
      otherwise.set(language, { language, share, instead: read?.status === "approved" ? read.language : null });
    }
  }
  return {
    approved: [...all].filter(isApproved),
    otherwise: [...otherwise.values()].toSorted((a, b) => b.share - a.share),
  };
}

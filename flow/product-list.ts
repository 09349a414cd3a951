import { templateLimits } from "./template-limits.ts";

/** Products of a catalogue under a title, by the ids they have there. Without a title: the only section. */
export type ProductSection = { title: string | null; productIds: string[] };

/**
 * The products a message offers, as the variable `products.list` tells them: ids with commas between them; sections end with a semicolon
 * and begin with their title and a colon: "Cards: gold, black; Savings: a-1, a-2". Null: it names none, or more than WhatsApp takes
 * (Cloud API, multi-product messages: 30 products, 10 sections, titles of 24 characters where there are several).
 */
export function productSections(list: string): ProductSection[] | null {
  const sections = list
    .split(/[;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map(sectionOf);
  const { sections: most, products, sectionTitle } = templateLimits;
  const count = sections.reduce((sum, { productIds }) => sum + productIds.length, 0);
  const isFine =
    sections.length >= 1 &&
    sections.length <= most &&
    count <= products &&
    sections.every(
      ({ title, productIds }) =>
        productIds.length > 0 && (title === null ? sections.length === 1 : title.length <= sectionTitle),
    );
  return isFine ? sections : null;
}

/** An id may hold a colon ("shop:12"): a title's is followed by a space. */
function sectionOf(part: string): ProductSection {
  const [, title, rest] = /^([^,]*?):\s+(.*)$/.exec(part) ?? [];
  const productIds = (rest ?? part)
    .split(",")
    .map((id) => id.trim())
    .filter((id) => id !== "");
  return { title: title?.trim() || null, productIds };
}

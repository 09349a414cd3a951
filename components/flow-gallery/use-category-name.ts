import { useTranslations } from "use-intl";

/** A starter category's name on screen; the category itself where nobody translated it yet. */
export function useCategoryName() {
  const t = useTranslations("flowGallery.categories");
  return (category: string): string => {
    const key = category as Parameters<typeof t>[0];
    return t.has(key) ? t(key) : category;
  };
}

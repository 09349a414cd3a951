import type { Purpose } from "../graph.ts";
import type { TemplateCategory } from "../template.ts";

/**
 * The class a message is judged by when it leaves. A marketing template is marketing whatever its flow calls itself: publishing
 * refuses such a flow, but the provider may move a template to marketing while thousands wait for it (Meta, "Template category
 * updates"), and then it needs that consent, counts for the cap and rests in quiet hours.
 */
export const sentAs = (purpose: Purpose, category: TemplateCategory | null): Purpose =>
  category === "marketing" ? "marketing" : purpose;

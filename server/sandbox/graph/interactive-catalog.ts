import { z } from "zod";
import { GraphError } from "../graph-error.ts";
import type { RenderedCatalog } from "../rendered.ts";
import { check } from "./check.ts";
import { body, Footer, frame, type ShownInteractive, TextHeader } from "./interactive-parts.ts";

const id = z.coerce.string().min(1);
const maxProducts = 30;

/** Products under titles, as in a product list and in a template's multi-product button. */
export const ProductSections = z
  .array(
    z.looseObject({
      title: z.string().max(24).optional(),
      product_items: z
        .array(z.looseObject({ product_retailer_id: id }))
        .min(1)
        .max(maxProducts),
    }),
  )
  .min(1)
  .max(10);

const Product = z.looseObject({
  body: body(1024).optional(),
  footer: Footer.optional(),
  action: z.looseObject({ catalog_id: id, product_retailer_id: id }),
});
const ProductList = z.looseObject({
  header: TextHeader,
  body: body(1024),
  footer: Footer.optional(),
  action: z.looseObject({ catalog_id: id, sections: ProductSections }),
});
const CatalogMessage = z.looseObject({
  body: body(1024),
  footer: Footer.optional(),
  action: z.looseObject({
    name: z.literal("catalog_message"),
    parameters: z.looseObject({ thumbnail_product_retailer_id: id.optional() }).optional(),
  }),
});

export function renderProduct(interactive: unknown): ShownInteractive {
  const message = check(Product, interactive, "interactive");
  const { catalog_id: catalogId, product_retailer_id: retailerId } = message.action;
  return {
    body: message.body?.text ?? null,
    rendered: {
      ...frame({ footer: message.footer }),
      buttons: [{ kind: "spm", text: "View" }],
      catalog: { catalogId, sections: [{ title: null, products: [{ retailerId }] }] },
    },
  };
}

export function renderProductList(interactive: unknown): ShownInteractive {
  const message = check(ProductList, interactive, "interactive");
  const { catalog_id: catalogId, sections } = message.action;
  return {
    body: message.body.text,
    rendered: {
      ...frame(message),
      buttons: [{ kind: "mpm", text: "View items" }],
      catalog: { catalogId, sections: shownSections(sections, "interactive.action.sections") },
    },
  };
}

export function renderCatalogMessage(interactive: unknown): ShownInteractive {
  const message = check(CatalogMessage, interactive, "interactive");
  const thumbnail = message.action.parameters?.thumbnail_product_retailer_id;
  return {
    body: message.body.text,
    rendered: {
      ...frame({ footer: message.footer }),
      buttons: [{ kind: "catalog", text: "View catalog" }],
      catalog: { ...(thumbnail === undefined ? {} : { thumbnailRetailerId: thumbnail }), sections: [] },
    },
  };
}

/** Checks what counts over all sections, and says how a phone groups the products. */
export function shownSections(
  sections: z.infer<typeof ProductSections>,
  parameter: string,
): RenderedCatalog["sections"] {
  const count = sections.reduce((sum, section) => sum + section.product_items.length, 0);
  if (count > maxProducts)
    throw new GraphError(131009, `Parameter '${parameter}' has ${count} products, ${maxProducts} allowed`);
  if (sections.length > 1 && sections.some((section) => !section.title))
    throw new GraphError(131009, `Parameter '${parameter}.title' is required with more than one section`);
  return sections.map((section) => ({
    title: section.title ?? null,
    products: section.product_items.map((item) => ({ retailerId: item.product_retailer_id })),
  }));
}

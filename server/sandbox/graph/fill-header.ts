import { z } from "zod";
import { GraphError } from "../graph-error.ts";
import type { RenderedHeader } from "../rendered.ts";
import { assertLength, countDetails, type FillRules, type Parameter, textValues } from "./fill-text.ts";
import { shownMedia } from "./interactive-parts.ts";
import { Place } from "./place.ts";
import { fillVariables, type TemplatePlan } from "./template.ts";

const MediaNode = z.looseObject({
  id: z.string().optional(),
  link: z.string().optional(),
  filename: z.string().optional(),
});
const ProductNode = z.looseObject({
  product_retailer_id: z.coerce.string().min(1),
  catalog_id: z.coerce.string().optional(),
});

/** Fills a header's variables or puts the given media, place or product at its place. */
export function fillHeader(
  header: TemplatePlan["header"],
  parameters: Parameter[],
  rules: FillRules,
): RenderedHeader | null {
  if (!header) {
    if (parameters.length > 0) throw new GraphError(132000, countDetails("header", parameters.length, 0));
    return null;
  }
  if (header.format === "TEXT") {
    const text = fillVariables(header.text, textValues("header", header.variables, parameters, rules));
    assertLength("header", text, 60);
    return { kind: "text", text };
  }
  const [given, ...more] = parameters;
  const received = given ? given.type.toUpperCase() : "UNKNOWN";
  if (received !== header.format)
    throw rules.wrongFormat(`header: Format mismatch, expected ${header.format}, received ${received}`);
  if (more.length > 0) throw new GraphError(132000, countDetails("header", parameters.length, 1));
  return fillObject(received.toLowerCase(), given?.[received.toLowerCase()]);
}

function fillObject(kind: string, node: unknown): RenderedHeader {
  const missing = new GraphError(131008, `header: Parameter of type ${kind} is missing its value`);
  if (node === undefined || node === null) throw missing;
  if (kind === "location") {
    const place = Place.safeParse(node);
    if (!place.success) throw new GraphError(131009, "header: location needs a latitude and a longitude");
    return { kind, place: place.data };
  }
  if (kind === "product") {
    const product = ProductNode.safeParse(node);
    if (!product.success) throw missing;
    const { product_retailer_id: retailerId, catalog_id: catalogId } = product.data;
    return { kind, product: { retailerId, ...(catalogId === undefined ? {} : { catalogId }) } };
  }
  const media = MediaNode.safeParse(node);
  if (!media.success) throw missing;
  const { id, link } = media.data;
  if (!id && !(link !== undefined && /^https?:\/\/\S+$/i.test(link)))
    throw new GraphError(131009, `header: ${kind} needs an id or an http(s) link`);
  return { kind, ...shownMedia(media.data) };
}

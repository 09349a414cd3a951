import { useTranslations } from "use-intl";
import { offerEnd } from "#flow/template.ts";
import { capitalized, readableName } from "./readable-name.ts";

type GoodsName =
  | "productCatalogue"
  | "productId"
  | "productsThumbnail"
  | "productsList"
  | "orderReference"
  | "orderLines"
  | "orderStatus"
  | "orderLink"
  | "orderPix"
  | "orderBoleto";

/** What fills the goods that a message offers, or the order it is about. */
const goodsNames: Record<string, GoodsName> = {
  "product.catalogue": "productCatalogue",
  "product.id": "productId",
  "products.thumbnail": "productsThumbnail",
  "products.list": "productsList",
  "order.reference": "orderReference",
  "order.lines": "orderLines",
  "order.status": "orderStatus",
  "order.link": "orderLink",
  "order.pix": "orderPix",
  "order.boleto": "orderBoleto",
};

/** A template's variable as people call it; a link is its button's, and named by whoever knows the button. */
export function useVariableName(): (variable: string) => string {
  const t = useTranslations("flowEditor.bindings");
  const contact = useTranslations("flowEditor.paths.own.contact");
  return (variable) => {
    if (variable === "document" || variable === "image" || variable === "video" || variable === "audio")
      return t(variable);
    if (variable === offerEnd) return t("offerEnd");
    const goods = goodsNames[variable];
    if (goods) return t(goods);
    const [, number, media] = /^card\.(\d+)\.(image|video)$/.exec(variable) ?? [];
    if (number && media) return t("cardFile", { number, media });
    // The name that a blank gets from the person's own value: "first_name" shows contact.firstName.
    const own = variable.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    return contact.has(own) ? capitalized(contact(own)) : readableName(variable);
  };
}

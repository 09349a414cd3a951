import { z } from "zod";
import type { Message, Rendered } from "../record.ts";
import type { Sandbox } from "../sandbox.ts";
import { wamidOf } from "../wamid.ts";
import { WaId } from "./settings.ts";

const Header = z.strictObject({
  kind: z.enum(["text", "image", "video", "document", "location", "product"]),
  text: z.string().max(60).optional(),
  url: z.string().optional(),
  fileName: z.string().max(240).optional(),
  place: z
    .strictObject({ latitude: z.number(), longitude: z.number(), name: z.string(), address: z.string() })
    .optional(),
  product: z.strictObject({ retailerId: z.string(), catalogId: z.string() }).optional(),
});
const Catalog = z.strictObject({
  thumbnailRetailerId: z.string().optional(),
  sections: z.array(
    z.strictObject({ title: z.string().nullable(), products: z.array(z.strictObject({ retailerId: z.string() })) }),
  ),
});
const minor = z.number().int().min(0);
const Order = z.strictObject({
  referenceId: z.string(),
  currency: z.string().length(3),
  totalMinor: minor,
  subtotalMinor: minor,
  taxMinor: minor,
  shippingMinor: minor,
  discountMinor: minor,
  items: z.array(
    z.strictObject({ retailerId: z.string(), name: z.string(), quantity: z.number().int().min(1), amountMinor: minor }),
  ),
  payBy: z.array(z.string()),
});
const Button = z.strictObject({ kind: z.string().max(40), text: z.string().max(60), url: z.string().optional() });

const Input = z.strictObject({
  to: WaId,
  body: z.string().min(1).max(4096),
  header: Header.nullable(),
  footer: z.string().max(60).nullable(),
  buttons: z.array(Button).max(10),
  offer: z.strictObject({ text: z.string(), expiresAt: z.number().nullable() }).optional(),
  catalog: Catalog.optional(),
  order: Order.optional(),
  orderStatus: z.strictObject({ referenceId: z.string(), status: z.string() }).optional(),
  cards: z
    .array(z.strictObject({ header: Header, body: z.string().nullable(), buttons: z.array(Button).max(2) }))
    .max(10)
    .optional(),
});

/**
 * Shows a text on a phone as it would arrive, before WhatsApp has seen it. No send of the API: it is no template of the account, costs
 * nothing, counts for no limit, and nobody is told of it.
 */
export async function preview(sandbox: Sandbox, input: unknown): Promise<{ wamid: string }> {
  const { to, body, ...rendered } = Input.parse(input);
  const user = sandbox.world.userOf(to);
  const wamid = wamidOf(sandbox.seed, sandbox.world.outboundCount + 1, to, "business");
  const message: Message = {
    wamid,
    direction: "outbound",
    phoneNumberId: sandbox.identity.phoneNumberId,
    waId: to,
    type: "template",
    body,
    rendered: rendered as Rendered,
    isInWindow: sandbox.isInWindow(user),
    at: sandbox.clock.now(),
    status: "delivered",
  };
  await sandbox.commit({ k: "message", message });
  return { wamid };
}

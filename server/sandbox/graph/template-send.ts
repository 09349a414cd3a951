import { z } from "zod";
import { GraphError } from "../graph-error.ts";
import type { Rendered, RenderedCard } from "../rendered.ts";
import { fillButtons, SendButton } from "./fill-buttons.ts";
import { fillHeader } from "./fill-header.ts";
import { assertLength, type FillRules, type Parameter, textValues } from "./fill-text.ts";
import { readOrderStatus } from "./interactive-order.ts";
import { type SendPlan, sendPlanOf } from "./send-plan.ts";
import { fillVariables, type Template } from "./template.ts";

const Component = SendButton.extend({ type: z.string() });
type Component = z.infer<typeof Component>;

const Card = z.looseObject({ card_index: z.coerce.number().int().min(0).max(9), components: z.array(Component) });
type Card = z.infer<typeof Card>;

/** The `components` of a template send (section 5). Types are case-insensitive, as Meta's own samples use both. */
export const SendComponents = z.array(Component.extend({ cards: z.array(Card).optional() }));
type SendComponent = z.infer<typeof SendComponents>[number];

const knownTypes = new Set(["header", "body", "button", "carousel", "limited_time_offer", "order_status"]);

/**
 * Checks the values against the stored template and fills them in. Throws the GraphError Meta answers: 132000 for counts,
 * 132012 (132018 from v23) for a wrong format, 131008 for a missing button value, 132005 for a text that became too long.
 */
export function fillTemplate(
  template: Template,
  components: SendComponent[],
  { version, now }: { version: number; now: number },
): { body: string; rendered: Rendered } {
  const plan = sendPlanOf(template);
  const rules: FillRules = {
    isNamed: template.parameterFormat === "NAMED",
    wrongFormat: (details) => new GraphError(version >= 23 ? 132018 : 132012, details),
  };
  for (const { type } of components)
    if (!knownTypes.has(type.toLowerCase()))
      throw new GraphError(131009, `Parameter 'template.components.type' is not a known component: ${type}`);
  const filled = fillParts(plan, components, rules, plan.offer ? 600 : 1024);
  const cards = fillCards(plan, ofType(components, "carousel")[0]?.cards ?? [], rules);
  const offer = fillOffer(plan, ofType(components, "limited_time_offer")[0]?.parameters[0], now);
  const orderStatus = fillStatus(template, ofType(components, "order_status")[0]?.parameters[0]);
  return {
    body: filled.body,
    rendered: {
      ...filled.rendered,
      ...(cards.length > 0 ? { cards } : {}),
      ...(offer ? { offer } : {}),
      ...(orderStatus ? { orderStatus } : {}),
    },
  };
}

function fillStatus({ subCategory }: Template, parameter: Parameter | undefined): Rendered["orderStatus"] {
  if (subCategory === "ORDER_STATUS") return readOrderStatus(parameter?.order_status, "order_status");
  if (parameter) throw new GraphError(132000, "order_status: the template tells of no order");
  return undefined;
}

const ofType = <Kind extends Component>(components: Kind[], type: string): Kind[] =>
  components.filter((component) => component.type.toLowerCase() === type);

function fillParts(
  plan: SendPlan,
  components: Component[],
  rules: FillRules,
  bodyLength: number,
): { body: string; rendered: Rendered } {
  const values = textValues("body", plan.body.variables, ofType(components, "body")[0]?.parameters ?? [], rules);
  const body = fillVariables(plan.body.text, values);
  assertLength("body", body, bodyLength);
  const couponLength = plan.offer ? 15 : 20;
  return {
    body,
    rendered: {
      header: fillHeader(plan.header, ofType(components, "header")[0]?.parameters ?? [], rules),
      footer: plan.footer,
      ...fillButtons(plan.buttons, ofType(components, "button"), { ...rules, couponLength }),
    },
  };
}

// A template of media cards is sent with all of them; one of product cards defines two and is sent with two to ten.
function fillCards(plan: SendPlan, given: Card[], rules: FillRules): RenderedCard[] {
  const isProducts = plan.cards[0]?.header?.format === "PRODUCT";
  const isCountRight = isProducts ? given.length >= 2 && given.length <= 10 : given.length === plan.cards.length;
  if (!isCountRight)
    throw rules.wrongFormat(`carousel: number of cards (${given.length}) does not match the template's`);
  const ordered = given.toSorted((a, b) => a.card_index - b.card_index);
  return ordered.map((card, position) => {
    const planned = isProducts ? plan.cards[0] : plan.cards[card.card_index];
    if (!planned || card.card_index !== position)
      throw rules.wrongFormat("carousel: card_index must count from 0 without gaps");
    const { body, rendered } = fillParts(planned, card.components, rules, 160);
    return { header: rendered.header, body: body || null, buttons: rendered.buttons };
  });
}

const Expiration = z.looseObject({ expiration_time_ms: z.coerce.number().int().positive() });

function fillOffer(plan: SendPlan, parameter: Parameter | undefined, now: number): Rendered["offer"] {
  const { offer } = plan;
  if (!offer) {
    if (parameter) throw new GraphError(132000, "limited_time_offer: the template has no such component");
    return undefined;
  }
  if (!offer.hasExpiration) return { text: offer.text, expiresAt: null };
  const given = Expiration.safeParse(parameter?.limited_time_offer);
  if (!given.success)
    throw new GraphError(131008, "limited_time_offer: Parameter 'expiration_time_ms' is missing or no time");
  if (given.data.expiration_time_ms <= now)
    throw new GraphError(131009, "limited_time_offer: Parameter 'expiration_time_ms' is in the past");
  return { text: offer.text, expiresAt: given.data.expiration_time_ms };
}

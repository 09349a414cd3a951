import type { JsonObject } from "#flow/json.ts";
import type { FillableButton } from "./fill-buttons.ts";
import { planOf, type Template, type TemplatePlan } from "./template.ts";

/** Everything a send must bring for a template: the plan of its own parts, of its cards, and of its offer. */
export type SendPlan = Omit<TemplatePlan, "buttons"> & {
  buttons: FillableButton[];
  cards: SendPlan[];
  offer: { text: string; hasExpiration: boolean } | null;
};

const plans = new WeakMap<Template, SendPlan>();

export function sendPlanOf(template: Template): SendPlan {
  const known = plans.get(template);
  if (known) return known;
  const plan = planOf(template);
  const definitions = objectsOf(componentOf(template, "BUTTONS")?.buttons);
  // A card is a small template: it has a header, maybe a body, and buttons.
  const cards = objectsOf(componentOf(template, "CAROUSEL")?.cards).map((card) =>
    sendPlanOf({ ...template, components: objectsOf(card.components).map(upperType) }),
  );
  const made: SendPlan = {
    ...plan,
    buttons: plan.buttons.map((button, index) => ({ ...button, definition: definitions[index] ?? {} })),
    cards,
    offer: offerOf(template),
  };
  plans.set(template, made);
  return made;
}

function offerOf(template: Template): SendPlan["offer"] {
  const offer = componentOf(template, "LIMITED_TIME_OFFER")?.limited_time_offer;
  if (offer === null || typeof offer !== "object" || Array.isArray(offer)) return null;
  return { text: typeof offer.text === "string" ? offer.text : "", hasExpiration: offer.has_expiration === true };
}

const componentOf = (template: Template, type: string): JsonObject | undefined =>
  template.components.find((component) => component.type === type);

const objectsOf = (list: unknown): JsonObject[] =>
  Array.isArray(list)
    ? list.filter((item): item is JsonObject => item !== null && typeof item === "object" && !Array.isArray(item))
    : [];

const upperType = (component: JsonObject): JsonObject => ({
  ...component,
  type: typeof component.type === "string" ? component.type.toUpperCase() : "",
});

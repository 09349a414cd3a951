import { z } from "zod";
import type { JsonObject } from "#flow/json.ts";
import { GraphError } from "../graph-error.ts";
import type { Rendered, RenderedButton, RenderedCatalog, RenderedFlow, RenderedOrder } from "../rendered.ts";
import { check } from "./check.ts";
import { type FillRules, Parameter } from "./fill-text.ts";
import { ProductSections, shownSections } from "./interactive-catalog.ts";
import { readOrder } from "./interactive-order.ts";
import type { PlannedButton } from "./template.ts";

/** A `button` component of a send. */
export const SendButton = z.looseObject({
  sub_type: z.string().optional(),
  index: z.union([z.string(), z.number()]).optional(),
  parameters: z.array(Parameter).default([]),
});
export type SendButton = z.infer<typeof SendButton>;

/** A template's button with what its definition says of flows. */
export type FillableButton = PlannedButton & { definition: JsonObject };

export type FilledButtons = Pick<Rendered, "buttons" | "catalog" | "order">;

/** Fills the buttons that take a value; `couponLength` is shorter beside a limited-time offer. */
export function fillButtons(
  buttons: FillableButton[],
  given: SendButton[],
  rules: FillRules & { couponLength: number },
): FilledButtons {
  const byIndex = new Map(given.map((component) => [Number(component.index ?? 0), component]));
  for (const index of byIndex.keys()) {
    if (!buttons[index])
      throw new GraphError(131009, `buttons: Button at index ${index} does not exist in the template`);
  }
  const filled = buttons.map((button, index) => fillButton({ button, index, given: byIndex.get(index), rules }));
  const catalog = filled.find((each) => each.catalog)?.catalog;
  const order = filled.find((each) => each.order)?.order;
  return {
    buttons: filled.map((each) => each.shown),
    ...(catalog ? { catalog } : {}),
    ...(order ? { order } : {}),
  };
}

type Filling = {
  button: FillableButton;
  index: number;
  given: SendButton | undefined;
  rules: FillRules & { couponLength: number };
};
type Filled = { shown: RenderedButton; catalog?: RenderedCatalog; order?: RenderedOrder };

function fillButton(filling: Filling): Filled {
  const { button, index, given, rules } = filling;
  const subType = given?.sub_type?.toLowerCase();
  const expected = button.type === "OTP" ? "url" : button.type.toLowerCase();
  if (given && subType !== expected)
    throw rules.wrongFormat(
      `buttons: Button at index ${index} is of type ${button.type}, received ${subType ?? "none"}`,
    );
  const fill = fillers[button.type];
  return fill ? fill(filling) : { shown: shownOf(button) };
}

const shownOf = (button: PlannedButton): RenderedButton => ({ kind: button.type.toLowerCase(), text: button.text });

const fillers: Record<string, (filling: Filling) => Filled> = {
  QUICK_REPLY: fillQuickReply,
  URL: fillLink,
  OTP: fillLink,
  COPY_CODE: fillCode,
  PHONE_NUMBER: ({ button }) => ({ shown: { ...shownOf(button), payload: button.phone } }),
  FLOW: ({ button, given }) => ({ shown: { ...shownOf(button), flow: flowOf(button, given) } }),
  CATALOG: fillCatalog,
  MPM: fillProducts,
  ORDER_DETAILS: fillOrder,
  REQUEST_CONTACT_INFO: ({ button }) => ({ shown: { kind: "contact_info", text: button.text } }),
};

function fillQuickReply({ button, index, given }: Filling): Filled {
  const parameter = given?.parameters[0];
  const payload = parameter?.payload ?? (parameter?.text === undefined ? button.text : String(parameter.text));
  if (payload.length > 256)
    throw new GraphError(131009, `buttons: Payload at index ${index} is longer than 256 characters`);
  return { shown: { ...shownOf(button), payload } };
}

function fillLink({ button, index, given, rules }: Filling): Filled {
  const parameter = given?.parameters[0];
  const suffix = typeof parameter?.text === "string" ? parameter.text : "";
  if (button.needsSuffix && suffix === "")
    throw new GraphError(131008, `buttons: Button at index ${index} of type Url requires a parameter`);
  if (!button.needsSuffix && parameter)
    throw rules.wrongFormat(`buttons: Button at index ${index} of type Url does not take a parameter`);
  if (button.type === "OTP" && suffix.length > 15)
    throw new GraphError(131009, "buttons: the code is longer than 15 characters");
  const url = button.url.replace(/\{\{[^}]*\}\}/, () => suffix);
  if (url.length > 2000)
    throw new GraphError(132005, `buttons: the address at index ${index} is longer than 2000 characters`);
  return { shown: { ...shownOf(button), ...(url ? { url } : { payload: suffix }) } };
}

function fillCode({ button, index, given, rules }: Filling): Filled {
  const code = given?.parameters[0]?.coupon_code;
  if (!code) throw new GraphError(131008, `buttons: Button at index ${index} of type CopyCode requires a parameter`);
  if (code.length > rules.couponLength)
    throw new GraphError(131009, `buttons: coupon_code is longer than ${rules.couponLength} characters`);
  return { shown: { ...shownOf(button), payload: code } };
}

const FlowAction = z.looseObject({
  flow_token: z.string().min(1).optional(),
  flow_action_data: z.record(z.string(), z.unknown()).optional(),
});

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

function flowOf({ definition }: FillableButton, given: SendButton | undefined): RenderedFlow {
  const parameter = given?.parameters[0];
  const action = parameter === undefined ? {} : check(FlowAction, parameter.action, "buttons.action");
  const flowId = definition.flow_id === undefined ? undefined : String(definition.flow_id);
  const flowName = text(definition.flow_name);
  const screen = text(definition.navigate_screen);
  return {
    ...(flowId === undefined ? {} : { flowId }),
    ...(flowName === undefined ? {} : { flowName }),
    token: action.flow_token ?? "unused",
    mode: "published",
    action: text(definition.flow_action)?.toLowerCase() === "data_exchange" ? "data_exchange" : "navigate",
    ...(screen === undefined ? {} : { screen }),
    ...(action.flow_action_data === undefined ? {} : { data: action.flow_action_data as JsonObject }),
  };
}

const retailerId = z.coerce.string().min(1);
const CatalogAction = z.looseObject({ thumbnail_product_retailer_id: retailerId.optional() });
const ProductsAction = z.looseObject({ thumbnail_product_retailer_id: retailerId, sections: ProductSections });

function fillCatalog({ button, given }: Filling): Filled {
  const parameter = given?.parameters[0];
  const action = parameter === undefined ? {} : check(CatalogAction, parameter.action, "buttons.action");
  const thumbnail = action.thumbnail_product_retailer_id;
  const catalog = { ...(thumbnail === undefined ? {} : { thumbnailRetailerId: thumbnail }), sections: [] };
  return { shown: shownOf(button), catalog };
}

function fillProducts({ button, index, given }: Filling): Filled {
  const action = given?.parameters[0]?.action;
  if (action === undefined)
    throw new GraphError(131008, `buttons: Button at index ${index} of type Mpm requires a parameter`);
  const { thumbnail_product_retailer_id: thumbnailRetailerId, sections } = check(
    ProductsAction,
    action,
    "buttons.action",
  );
  const catalog = { thumbnailRetailerId, sections: shownSections(sections, "buttons.action.sections") };
  return { shown: shownOf(button), catalog };
}

function fillOrder({ button, index, given }: Filling): Filled {
  const action = check(
    z.looseObject({ order_details: z.unknown() }).optional(),
    given?.parameters[0]?.action,
    "buttons.action",
  );
  if (action?.order_details === undefined)
    throw new GraphError(131008, `buttons: Button at index ${index} of type OrderDetails requires a parameter`);
  return { shown: shownOf(button), order: readOrder(action.order_details, "buttons.action.order_details") };
}

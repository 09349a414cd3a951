import { z } from "zod";
import type { JsonObject } from "#flow/json.ts";
import { GraphError } from "../graph-error.ts";
import type { RenderedFlow } from "../rendered.ts";
import { check } from "./check.ts";
import { body, frame, frameParts, type ShownInteractive, text } from "./interactive-parts.ts";

const Payload = z.looseObject({
  screen: z.string().min(1),
  data: z
    .record(z.string(), z.unknown())
    .refine((data) => Object.keys(data).length > 0, "must not be empty")
    .optional(),
});
const Flow = z.looseObject({
  ...frameParts,
  body: body(1024),
  action: z.looseObject({
    name: z.literal("flow"),
    parameters: z.looseObject({
      flow_message_version: z.literal("3"),
      flow_id: z.coerce.string().min(1).optional(),
      flow_name: z.string().min(1).optional(),
      flow_cta: text(30),
      flow_token: z.string().min(1).default("unused"),
      mode: z.enum(["draft", "published"]).default("published"),
      flow_action: z.enum(["navigate", "data_exchange"]).default("navigate"),
      flow_action_payload: Payload.optional(),
    }),
  }),
});

/** An interactive message that opens a flow (section 3.2). */
export function renderFlow(interactive: unknown): ShownInteractive {
  const message = check(Flow, interactive, "interactive");
  const given = message.action.parameters;
  if (given.flow_id === undefined && given.flow_name === undefined)
    throw new GraphError(131008, "Required parameter 'interactive.action.parameters.flow_id' is missing");
  if (given.flow_id !== undefined && given.flow_name !== undefined)
    throw new GraphError(131009, "Parameters 'flow_id' and 'flow_name' cannot be used together");
  const { screen, data } = given.flow_action_payload ?? {};
  const flow: RenderedFlow = {
    ...(given.flow_id === undefined ? {} : { flowId: given.flow_id }),
    ...(given.flow_name === undefined ? {} : { flowName: given.flow_name }),
    token: given.flow_token,
    mode: given.mode,
    action: given.flow_action,
    ...(screen === undefined ? {} : { screen }),
    ...(data === undefined ? {} : { data: data as JsonObject }),
  };
  return {
    body: message.body.text,
    rendered: { ...frame(message), buttons: [{ kind: "flow", text: given.flow_cta, flow }] },
  };
}

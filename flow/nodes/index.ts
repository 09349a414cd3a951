import type { NodeType } from "../define-node.ts";
import { condition } from "./condition.ts";
import { csat } from "./csat.ts";
import { exit } from "./exit.ts";
import { freeMessage } from "./free-message.ts";
import { goTo } from "./go-to.ts";
import { goal } from "./goal.ts";
import { handOff } from "./hand-off.ts";
import { holdout } from "./holdout.ts";
import { runFlow } from "./run-flow.ts";
import { send } from "./send.ts";
import { split } from "./split.ts";
import { throttle } from "./throttle.ts";
import { timeWindow } from "./time-window.ts";
import { triggerEvent } from "./trigger-event.ts";
import { triggerFlow } from "./trigger-flow.ts";
import { triggerMessage } from "./trigger-message.ts";
import { triggerSchedule } from "./trigger-schedule.ts";
import { triggerSegment } from "./trigger-segment.ts";
import { updateContact } from "./update-contact.ts";
import { wait } from "./wait.ts";
import { waitUntil } from "./wait-until.ts";
import { webhook } from "./webhook.ts";

/** Every node type, in palette order. Adding one is its file and a line here. */
export const nodeTypes: readonly NodeType[] = [
  triggerEvent,
  triggerSegment,
  triggerSchedule,
  triggerMessage,
  triggerFlow,
  condition,
  split,
  wait,
  waitUntil,
  timeWindow,
  throttle,
  holdout,
  goTo,
  runFlow,
  goal,
  exit,
  send,
  freeMessage,
  csat,
  updateContact,
  handOff,
  webhook,
];

const byType = new Map(nodeTypes.map((node) => [node.type, node]));

/** The node type of this name, or undefined for one that this version does not know. */
export const nodeTypeOf = (type: string): NodeType | undefined => byType.get(type);

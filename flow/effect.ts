import type { LinkBinding } from "./binding.ts";
import type { ContactChange } from "./contact.ts";
import type { FreeContent } from "./free-message.ts";
import type { Purpose } from "./graph.ts";
import type { Json, JsonObject } from "./json.ts";

/** What a step wants done. The core only says it; the host does it after the state is safe. `visit` is unique in an enrollment. */
export type Effect =
  | {
      kind: "send";
      visit: number;
      nodeId: string;
      /** Null: no template, but what `free` says. */
      template: string | null;
      /** Every language of a message that is no template; the host picks the person's as late as it picks a template's. */
      free?: FreeContent[];
      purpose: Purpose;
      /** Ready-made text by variable; null: no value and no fallback, so the gate blocks with "missing-variable". */
      values: Record<string, string | null>;
      /** By variable ("link.upload"): the host makes the code. */
      links: Record<string, LinkBinding>;
      sendingHours: { from: string; to: string } | null;
      /** It chases a debt: the collections hours hold. */
      collects?: true;
      /** The flow's own cap, where it has one: it counts only below the workspace's. */
      capPerDay?: number;
      dropAfterMinutes: number | null;
      /** So long it waits for a template that may not be sent now; absent: not at all. */
      templateHoldHours?: number;
    }
  /** A fact about the person, stored like one that another system sends: it counts as a goal and starts flows. */
  | { kind: "event"; visit: number; nodeId: string; name: string; properties: JsonObject }
  | { kind: "update-contact"; visit: number; nodeId: string; changes: ContactChange[] }
  | {
      kind: "webhook";
      visit: number;
      nodeId: string;
      method: "POST" | "PUT" | "GET";
      url: string;
      headers: Record<string, string>;
      body: Json;
      timeoutSeconds: number;
      /** Response path by enrollment value name. */
      mapping: Record<string, string>;
    }
  /** The person is in this arm of this experiment, from now on if they had none. */
  | { kind: "assign"; visit: number; nodeId: string; experiment: string; arm: string }
  /** Starts another flow for the same person; the host answers at once whether it began, and when it is over. */
  | { kind: "run-flow"; visit: number; nodeId: string; flowId: string; properties: JsonObject }
  /** Wants to be let on, at most so many people in a period (milliseconds): the host answers when it is their turn. */
  | { kind: "await-turn"; visit: number; nodeId: string; people: number; periodMs: number }
  | { kind: "hand-off"; visit: number; nodeId: string; queue: string; priority: "normal" | "urgent"; note: string };

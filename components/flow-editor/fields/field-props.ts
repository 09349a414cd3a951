import type { z } from "zod";

/** What every widget gets. A draft may hold anything, so `value` is unknown: a widget shows what it can read. */
export type FieldProps = {
  id: string;
  nodeId: string;
  /** The step's type, for the words of its choices. */
  type: string;
  /** The field's name in the step's settings. */
  name: string;
  label: string;
  value: unknown;
  schema: z.ZodType;
  /** All settings of the step, for widgets that depend on a neighbour. */
  data: Record<string, unknown>;
  isInvalid: boolean;
  onChange: (value: unknown) => void;
  /** Changes several settings at once. */
  onChangeData: (change: Record<string, unknown>) => void;
};

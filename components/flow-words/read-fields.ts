import { z } from "zod";

/** A form field as a step's schema declares it by `.meta({ field, label })`. */
export type FieldSpec = { name: string; widget: string; label: string; schema: z.ZodType };

/** The form of a step. `mode` is there when the step has several shapes and the person picks one first. */
export type FormSpec = { mode: { name: string; options: string[]; chosen: string } | null; fields: FieldSpec[] };

/** Reads a step's form out of its config schema; the data only decides which shape of a union is shown. */
export function readFields(config: z.ZodType, data: Record<string, unknown>): FormSpec {
  if (config instanceof z.ZodObject) return { mode: null, fields: fieldsIn(config) };
  if (!(config instanceof z.ZodDiscriminatedUnion)) return { mode: null, fields: [] };
  const name = config.def.discriminator;
  const shapes = config.def.options.flatMap((option) => (option instanceof z.ZodObject ? [option] : []));
  const options = shapes.map((shape) => literalOf(shape, name));
  const chosen = options.find((option) => option === data[name]) ?? options[0] ?? "";
  const shape = shapes[options.indexOf(chosen)];
  return { mode: { name, options, chosen }, fields: shape ? fieldsIn(shape) : [] };
}

function fieldsIn(shape: z.ZodObject): FieldSpec[] {
  return Object.entries(shape.shape).flatMap(([name, schema]) => {
    if (!(schema instanceof z.ZodType)) return [];
    const { field, label } = schema.meta() ?? {};
    return typeof field === "string"
      ? [{ name, widget: field, label: typeof label === "string" ? label : name, schema }]
      : [];
  });
}

function literalOf(shape: z.ZodObject, name: string): string {
  const literal = shape.shape[name];
  return literal instanceof z.ZodLiteral ? String(literal.value) : "";
}

/** The choices of an enum field, through its default or optional wrapper. */
export function choicesOf(schema: z.ZodType): string[] {
  if (schema instanceof z.ZodEnum) return schema.options.map(String);
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional) {
    const inner = schema.unwrap();
    return inner instanceof z.ZodType ? choicesOf(inner) : [];
  }
  return [];
}

/** What a field starts from when its shape was just picked. */
const startValues: Record<string, unknown> = {
  duration: { amount: 1, unit: "days" },
  "clock-time": "09:00",
  path: "",
  number: 0,
  text: "",
};

/** The settings of another shape of a step: those both shapes share are kept. */
export function dataForMode(config: z.ZodType, mode: { name: string; option: string }, data: Record<string, unknown>) {
  const { fields } = readFields(config, { [mode.name]: mode.option });
  const entries = fields.map(({ name, widget }) => [name, data[name] ?? startValues[widget]]);
  return { [mode.name]: mode.option, ...Object.fromEntries(entries) };
}

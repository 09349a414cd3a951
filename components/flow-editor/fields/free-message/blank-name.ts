import type { Binding } from "#flow/binding.ts";

/**
 * The name of the blank that shows the value at this path: "contact.firstName" is "first_name". A name that is filled by something
 * else gets a number.
 */
export function blankNameFor(path: string, filledBy: (name: string) => Binding | null): string {
  const [, ...rest] = path.split(".");
  const stem = rest
    .filter((part) => !/^\d+$/.test(part))
    .join("_")
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replaceAll(/[^A-Za-z0-9]+/g, "_")
    .toLowerCase()
    .replace(/^_+|_+$/g, "");
  const base = /^[a-z_]/.test(stem) ? stem : `value_${stem}`;
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base}_${number}`;
    const binding = filledBy(name);
    if (!binding || (binding.from === "path" && binding.path === path)) return name;
  }
}

import { expect, test } from "vitest";
import { nodeTypes } from "#flow/nodes/index.ts";
import { hasIcon } from "./step-icon.ts";

test.each(nodeTypes.map(({ type, icon }) => [type, icon] as const))(
  "%s has the picture that it names: %s",
  (_, icon) => {
    expect(hasIcon(icon)).toBe(true);
  },
);

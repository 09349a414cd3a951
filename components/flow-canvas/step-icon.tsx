import { stepIcon } from "#components/flow-thumbnail/step-icon.ts";
import { cn } from "#components/ui/cn.ts";
import type { Family } from "#flow/define-node.ts";
import { nodeTypeOf } from "#flow/nodes/index.ts";

const tiles: Record<Family, string> = {
  trigger: "bg-trigger-tint text-trigger",
  logic: "bg-logic-tint text-logic",
  message: "bg-message-tint text-message",
  people: "bg-people-tint text-people",
  integration: "bg-integration-tint text-integration",
  end: "bg-goal-tint text-goal",
};

/** The colour bar of a family, as a left border. */
export const familyBar: Record<Family, string> = {
  trigger: "border-l-trigger",
  logic: "border-l-logic",
  message: "border-l-message",
  people: "border-l-people",
  integration: "border-l-integration",
  end: "border-l-goal",
};

/** The family of a type; a type this version does not know looks like an integration. */
export const familyOf = (type: string): Family => nodeTypeOf(type)?.family ?? "integration";

/** A step type's icon on its tinted tile: 28 px on cards, 24 px in lists. */
export function StepIcon({ type, isSmall, className }: { type: string; isSmall?: boolean; className?: string }) {
  const Icon = stepIcon(nodeTypeOf(type)?.icon);
  return (
    <span
      aria-hidden
      className={cn(
        "grid shrink-0 place-items-center rounded-sm",
        isSmall ? "size-6" : "size-7",
        tiles[familyOf(type)],
        className,
      )}
    >
      <Icon className={isSmall ? "size-3.5" : "size-4"} strokeWidth={1.75} />
    </span>
  );
}

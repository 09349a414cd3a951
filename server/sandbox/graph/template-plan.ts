import type { Sandbox } from "../sandbox.ts";
import type { Template } from "./template.ts";
import { changeCategory } from "./template-category.ts";
import { unpauseTemplate } from "./template-pause.ts";
import { finishRemoval, longestRemovalMs } from "./template-removal.ts";
import { endReview } from "./template-review.ts";

/**
 * Plans what a template has still ahead of it by the virtual clock: the end of its review, of a pause, of its deletion, a
 * change of its category. All of it is read from the template, so that it is planned again after a restart.
 */
export function planTemplate(sandbox: Sandbox, template: Template): void {
  const { id } = template;
  const { reviewMs } = sandbox.world.schedule;
  if (template.status === "PENDING" && reviewMs !== null) {
    const dueAt = template.changedAt + reviewMs;
    // A review is minutes ahead and tests wait for it, so it counts as under way.
    sandbox.statuses.at(dueAt, () => {
      const now = sandbox.world.templates.get(id);
      // An edit since then has begun a review of its own.
      if (now?.status === "PENDING" && now.changedAt === template.changedAt) void endReview(sandbox, now, dueAt);
    });
  }
  if (template.status === "PAUSED" && template.pausedUntil !== undefined)
    sandbox.calendar.at(template.pausedUntil, `pause:${id}`, (at) => void unpauseTemplate(sandbox, id, at));
  if (template.correctCategory)
    sandbox.calendar.at(template.correctCategory.at, `category:${id}`, (at) => void changeCategory(sandbox, id, at));
  if (template.status === "PENDING_DELETION")
    sandbox.calendar.at(
      (template.deletedAt ?? 0) + longestRemovalMs,
      `removal:${id}`,
      (at) => void finishRemoval(sandbox, id, at),
    );
}

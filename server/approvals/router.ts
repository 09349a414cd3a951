import { allowed, router } from "#server/trpc.ts";
import { ApprovalRules, readApprovalRules, setApprovalRules } from "./approval-rules.ts";
import { AskForFlow, AskForTemplate, askForFlow, askForTemplate } from "./ask-approval.ts";
import { CommentApproval, commentApproval } from "./comment-approval.ts";
import { DecideApproval, decideApproval } from "./decide-approval.ts";
import { GetApproval, getApproval } from "./get-approval.ts";
import { countWaiting, listApprovals } from "./list-approvals.ts";
import { openCommentsOfFlow, openCommentsOfTemplate } from "./list-open-comments.ts";
import { ReadReach, readReach } from "./read-reach.ts";
import { OfFlow, OfTemplate, standingOfFlow, standingOfTemplate } from "./read-standing.ts";
import { ResolveComment, resolveComment } from "./resolve-comment.ts";
import { WithdrawApproval, withdrawApproval } from "./withdraw-approval.ts";

export const approvalsRouter = router({
  list: allowed("see-approvals").query(({ ctx }) => listApprovals(ctx)),
  waiting: allowed("see-approvals").query(({ ctx }) => countWaiting(ctx)),
  get: allowed("see-approvals")
    .input(GetApproval)
    .query(({ ctx, input }) => getApproval(ctx, input)),
  reach: allowed("see-approvals")
    .input(ReadReach)
    .query(({ ctx, input }) => readReach(ctx, input)),
  ofFlow: allowed("see-approvals")
    .input(OfFlow)
    .query(({ ctx, input }) => standingOfFlow(ctx, input)),
  ofTemplate: allowed("see-approvals")
    .input(OfTemplate)
    .query(({ ctx, input }) => standingOfTemplate(ctx, input)),
  askForFlow: allowed("ask-approval")
    .input(AskForFlow)
    .mutation(({ ctx, input }) => askForFlow(ctx, input)),
  askForTemplate: allowed("ask-approval")
    .input(AskForTemplate)
    .mutation(({ ctx, input }) => askForTemplate(ctx, input)),
  withdraw: allowed("ask-approval")
    .input(WithdrawApproval)
    .mutation(({ ctx, input }) => withdrawApproval(ctx, input)),
  comment: allowed("see-approvals")
    .input(CommentApproval)
    .mutation(({ ctx, input }) => commentApproval(ctx, input)),
  resolveComment: allowed("see-approvals")
    .input(ResolveComment)
    .mutation(({ ctx, input }) => resolveComment(ctx, input)),
  commentsOfFlow: allowed("see-approvals")
    .input(OfFlow)
    .query(({ ctx, input }) => openCommentsOfFlow(ctx, input)),
  commentsOfTemplate: allowed("see-approvals")
    .input(OfTemplate)
    .query(({ ctx, input }) => openCommentsOfTemplate(ctx, input)),
  decide: allowed("decide-approvals")
    .input(DecideApproval)
    .mutation(({ ctx, input }) => decideApproval(ctx, input)),
  rules: allowed("see-approvals").query(({ ctx }) => readApprovalRules(ctx.db, ctx.session.workspaceId)),
  setRules: allowed("manage-workspace")
    .input(ApprovalRules)
    .mutation(({ ctx, input }) => setApprovalRules(ctx, input)),
});

/**
 * What the bank's rows say, counted by brute force: shares as x of n, means as n, sum and sum of squares. $1 is the workspace.
 * A window is counted from the assignment, as experiments do; steps of a flow are found by what stands on them.
 */
const goalDays = 7;

const flowNamed = (name: string) => `(select id from flow where workspace_id = $1 and name = '${name}')`;

/** Of those who entered a flow, or were held out of it: who had the event within the window. */
const converted = (flow: string, event: string, who: string) => `
  select count(*)::integer as n, count(*) filter (where exists (
    select 1 from event v where v.contact_id = e.contact_id and v.name = '${event}'
      and v.received_at between e.entered_at and e.entered_at + interval '${goalDays} days'))::integer as x
  from enrollment e where e.flow_id = ${flowNamed(flow)} and ${who}`;

const heldOut = "e.end_reason = 'held-out'";
const entered = "e.end_reason is distinct from 'held-out'";
/** A path is one table a day: whoever says when, reads one or two of them. */
const soonAfter = (way: string) => `t.at between ${way}.entered_at and ${way}.entered_at + interval '1 hour'`;
const arm = (handle: string) =>
  `exists (select 1 from trace t where t.enrollment_id = e.id and t.node_id = 'split' and t.handle = '${handle}' and ${soonAfter("e")})`;

/** Statement questions per person among those who entered, or were held out. */
const queries = (who: string) => `
  select count(*)::integer as n, coalesce(sum(asked), 0)::integer as sum, coalesce(sum(asked * asked), 0)::integer as "sumSquares" from (
    select (select count(*) from enrollment c join trace t on t.enrollment_id = c.id and t.node_id = 'intent' and t.handle = 'statement' and ${soonAfter("c")}
            where c.flow_id = ${flowNamed("Chatbot")} and c.contact_id = e.contact_id and c.entered_at > e.entered_at) as asked
    from enrollment e where e.flow_id = ${flowNamed("Monthly statement")} and ${who}
  ) as people`;

/** Templates to people who had not written in the day before: others are within reach. */
const cold = `
  from message m where m.workspace_id = $1 and m.direction = 'outbound' and m.type = 'template' and m.wamid is not null
    and not exists (select 1 from message w where w.contact_id = m.contact_id and w.direction = 'inbound'
                    and w.created_at between m.sent_at - interval '24 hours' and m.sent_at)`;

export const recoveries = {
  kycLostHeldOut: converted("KYC reminder", "kyc.completed", heldOut),
  kycLostReminded: converted("KYC reminder", "kyc.completed", entered),
  loanHeldOut: converted("Loan pre-approval", "loan.applied", heldOut),
  loanControl: converted("Loan pre-approval", "loan.applied", arm("apply")),
  loanVariant: converted("Loan pre-approval", "loan.applied", arm("get")),
  queriesHeldOut: queries(heldOut),
  queriesPushed: queries(entered),
  automated: `
    select count(*)::integer as n, count(*) filter (where not exists (
      select 1 from hand_off h where h.enrollment_id = e.id))::integer as x
    from enrollment e where e.flow_id = ${flowNamed("Chatbot")} and e.status = 'ended'`,
  csat: `
    select count(*)::integer as n, count(*) filter (where (properties->>'score')::integer >= 4)::integer as x
    from event where workspace_id = $1 and name = 'csat.answered'`,
  delivered: `select count(*)::integer as n, count(delivered_at)::integer as x ${cold}`,
  /** Of what arrived and had three days to be opened. */
  read: `
    select count(*)::integer as n, count(read_at)::integer as x ${cold} and m.delivered_at is not null
      and m.created_at < (select max(created_at) from message where workspace_id = $1) - interval '3 days'`,
  optedOut: `
    select count(*)::integer as n, count(*) filter (where c.suppressed_reason = 'opt-out')::integer as x
    from enrollment e join contact c on c.id = e.contact_id where e.flow_id = ${flowNamed("Loan pre-approval")} and ${entered}`,
} as const;

/** Counts that must be those of the doors, one by one: nothing lost, nothing twice. */
export const tallies = {
  events: `select count(*)::integer as n from event where workspace_id = $1 and type in ('track', 'identify')`,
  sent: `select count(*)::integer as n from message where workspace_id = $1 and direction = 'outbound' and wamid is not null`,
  received: `select count(*)::integer as n from message where workspace_id = $1 and direction = 'inbound'`,
  opened: `select count(*)::integer as n from link where workspace_id = $1 and clicked_at is not null`,
  resolved: `select count(*)::integer as n from hand_off where workspace_id = $1 and status = 'resolved'`,
  statusOf: `select status, count(*)::integer as n from message where workspace_id = $1 and direction = 'outbound' and wamid is not null group by 1`,
} as const;

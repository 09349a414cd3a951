import { keywordsOf } from "../gate/opt-out.ts";
import { consentRulesOf, type SendPolicy } from "../gate/policy.ts";
import type { SimulatedGate } from "./simulation.ts";

/** The rules of a workspace as a test run asks them. The month's budget is none of a single person. */
export const gateOfPolicy = (policy: SendPolicy, zone: string): Partial<SimulatedGate> => ({
  capPerDay: policy.capPerDay,
  rollingCap: policy.rollingCap,
  quietHours: policy.quietHours,
  collections: policy.collections,
  consentRules: consentRulesOf(policy, zone),
  keywords: keywordsOf(policy),
  on: policy.on,
});

import {
  Activity,
  BadgeCheck,
  Cable,
  ChartNoAxesColumn,
  FlaskConical,
  Headset,
  House,
  LayoutTemplate,
  type LucideIcon,
  MessagesSquare,
  Settings,
  Smartphone,
  SquareUser,
  Users,
  Workflow,
} from "lucide-react";
import type { ClientSession } from "#components/session/session-provider.tsx";
import type { Verb } from "#server/auth/permissions.ts";

/** A place in the rail; its name is `shell.screens.<id>`. */
export type Screen = {
  id: string;
  href: string;
  icon: LucideIcon;
  verb: Verb;
  isDemoOnly?: boolean /** Its badge counts what is wrong. */;
  warns?: boolean;
  /** At the rail's foot, beside the person: what one sets once. */
  isAtFoot?: boolean;
};

const screens: Screen[] = [
  { id: "home", href: "/", icon: House, verb: "see-workspace" },
  { id: "dashboard", href: "/dashboard", icon: ChartNoAxesColumn, verb: "see-dashboard" },
  { id: "flows", href: "/flows", icon: Workflow, verb: "see-flows" },
  { id: "templates", href: "/templates", icon: LayoutTemplate, verb: "see-templates" },
  { id: "approvals", href: "/approvals", icon: BadgeCheck, verb: "see-approvals" },
  { id: "audiences", href: "/audiences", icon: Users, verb: "see-audiences" },
  { id: "contacts", href: "/contacts", icon: SquareUser, verb: "see-contacts" },
  { id: "messages", href: "/messages", icon: MessagesSquare, verb: "see-messages" },
  { id: "handOffs", href: "/hand-offs", icon: Headset, verb: "see-hand-offs" },
  { id: "experiments", href: "/experiments", icon: FlaskConical, verb: "see-experiments" },
  { id: "sandbox", href: "/sandbox", icon: Smartphone, verb: "use-sandbox", isDemoOnly: true },
  { id: "channels", href: "/channels", icon: Cable, verb: "see-channels" },
  { id: "health", href: "/health", icon: Activity, verb: "see-health", warns: true },
  { id: "settings", href: "/settings", icon: Settings, verb: "see-settings", isAtFoot: true },
];

/** What this person may open, in the rail's order. */
export const screensFor = (session: ClientSession): Screen[] =>
  screens.filter((screen) => session.can(screen.verb) && (session.isDemo || !screen.isDemoOnly));

export const isCurrent = (screen: Screen, pathname: string): boolean =>
  screen.href === "/" ? pathname === "/" : pathname === screen.href || pathname.startsWith(`${screen.href}/`);

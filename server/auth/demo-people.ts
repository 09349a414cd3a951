import type { Role } from "./permissions.ts";

/** The people of the demo workspace: one per role, and a second checker for what takes two. */
export const demoPeople: { email: string; name: string; role: Role; language: "en" | "fr" }[] = [
  { email: "owner@demo.test", name: "Mariama Sow", role: "owner", language: "en" },
  { email: "maker@demo.test", name: "Awa Diop", role: "maker", language: "en" },
  { email: "checker@demo.test", name: "Valentina Ríos", role: "checker", language: "en" },
  { email: "second-checker@demo.test", name: "Adama Ndiaye", role: "checker", language: "en" },
  { email: "agent@demo.test", name: "Camille Laurent", role: "agent", language: "fr" },
  { email: "analyst@demo.test", name: "Rohan Iyer", role: "analyst", language: "en" },
];

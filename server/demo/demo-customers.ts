export const demoWorkspaceSlug = "banco-demo";

/** The four people whose phones stand on the sandbox page. Numbers are in ranges that reach nobody. */
export const demoCustomers = [
  {
    externalId: "demo-awa",
    firstName: "Awa",
    lastName: "Diallo",
    phone: "+221770000101",
    locale: "fr",
    timezone: "Africa/Dakar",
    country: "SN",
    creditScore: 712,
  },
  {
    externalId: "demo-kwame",
    firstName: "Kwame",
    lastName: "Mensah",
    phone: "+233200000102",
    locale: "en",
    timezone: "Africa/Accra",
    country: "GH",
    creditScore: 655,
  },
  {
    externalId: "demo-diego",
    firstName: "Diego",
    lastName: "Ramírez",
    phone: "+573000000103",
    locale: "en",
    timezone: "America/Bogota",
    country: "CO",
    creditScore: 689,
  },
  {
    externalId: "demo-priya",
    firstName: "Priya",
    lastName: "Nair",
    phone: "+919000000104",
    locale: "en",
    timezone: "Asia/Kolkata",
    country: "IN",
    creditScore: 590,
  },
] as const;

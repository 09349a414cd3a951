/** A country of the bank: who lives there, how its numbers look, and in what it counts. */
export type Market = {
  country: string;
  locale: "es" | "pt_BR";
  currency: string;
  zone: string;
  /** Standard time, in hours from UTC: people's days are drawn by it, to the hour. */
  utcOffset: number;
  /** Of a hundred customers. */
  share: number;
  /** What stands before the last seven digits, by area or network. */
  prefixes: readonly string[];
  /** A usual loan, in minor units of the currency. */
  loan: number;
  firstNames: readonly string[];
  lastNames: readonly string[];
};

const spanishLast = [
  "García",
  "Rodríguez",
  "Martínez",
  "Hernández",
  "López",
  "González",
  "Pérez",
  "Sánchez",
  "Ramírez",
  "Torres",
  "Flores",
  "Rivera",
  "Gómez",
  "Díaz",
  "Cruz",
  "Morales",
  "Reyes",
  "Gutiérrez",
  "Ortiz",
  "Chávez",
  "Castillo",
  "Vargas",
  "Rojas",
  "Mendoza",
];

/** Numbers are of valid shape (ITU E.164, each country's plan); a sandbox reaches nobody. */
export const markets: readonly Market[] = [
  {
    country: "CO",
    locale: "es",
    currency: "COP",
    zone: "America/Bogota",
    utcOffset: -5,
    share: 34,
    prefixes: ["+57300", "+57310", "+57315", "+57320"],
    loan: 450_000_000,
    firstNames: ["Valentina", "Santiago", "Mariana", "Andrés", "Camila", "Juan", "Laura", "Felipe", "Daniela", "Mateo"],
    lastNames: [...spanishLast, "Quintero", "Ospina", "Cárdenas", "Restrepo"],
  },
  {
    country: "MX",
    locale: "es",
    currency: "MXN",
    zone: "America/Mexico_City",
    utcOffset: -6,
    share: 22,
    prefixes: ["+52552", "+52553", "+52333", "+52813"],
    loan: 3_500_000,
    firstNames: [
      "Guadalupe",
      "José",
      "Fernanda",
      "Luis",
      "Ximena",
      "Emiliano",
      "Alejandra",
      "Diego",
      "Regina",
      "Jorge",
    ],
    lastNames: [...spanishLast, "Juárez", "Domínguez", "Guerrero", "Salazar"],
  },
  {
    country: "BR",
    locale: "pt_BR",
    currency: "BRL",
    zone: "America/Sao_Paulo",
    utcOffset: -3,
    share: 20,
    prefixes: ["+551199", "+551198", "+552199", "+553199"],
    loan: 800_000,
    firstNames: ["Maria", "João", "Ana", "Gabriel", "Beatriz", "Lucas", "Juliana", "Rafael", "Larissa", "Thiago"],
    lastNames: ["Silva", "Santos", "Oliveira", "Souza", "Lima", "Pereira", "Ferreira", "Costa", "Almeida", "Ribeiro"],
  },
  {
    country: "PE",
    locale: "es",
    currency: "PEN",
    zone: "America/Lima",
    utcOffset: -5,
    share: 14,
    prefixes: ["+5191", "+5194", "+5195", "+5198"],
    loan: 650_000,
    firstNames: ["Rosa", "Carlos", "Milagros", "Jorge", "Lucía", "Renzo", "Carmen", "Álvaro", "Fiorella", "Piero"],
    lastNames: [...spanishLast, "Quispe", "Huamán", "Mamani", "Paredes"],
  },
  {
    country: "CL",
    locale: "es",
    currency: "CLP",
    zone: "America/Santiago",
    utcOffset: -4,
    share: 10,
    prefixes: ["+5694", "+5697", "+5698", "+5699"],
    loan: 1_200_000,
    firstNames: [
      "Catalina",
      "Benjamín",
      "Isidora",
      "Vicente",
      "Antonia",
      "Martín",
      "Francisca",
      "Joaquín",
      "Constanza",
    ],
    lastNames: [...spanishLast, "Muñoz", "Sepúlveda", "Contreras", "Araya"],
  },
];

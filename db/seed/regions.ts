type Names = readonly [string, ...string[]];

/** Where the demo bank's customers live. `phone` makes a number of that country from a counter; the demo reaches nobody anyway. */
export type Region = {
  country: string;
  zones: Names;
  locale: string;
  currency: string;
  /** Of a hundred customers. */
  share: number;
  firstNames: Names;
  lastNames: Names;
  phone: (count: number) => string;
};

const digits = (count: number, length: number) => String(count).padStart(length, "0");

export const regions: readonly [Region, ...Region[]] = [
  {
    country: "SN",
    zones: ["Africa/Dakar"],
    locale: "fr",
    currency: "XOF",
    share: 30,
    firstNames: [
      "Aïssatou",
      "Mamadou",
      "Fatou",
      "Ibrahima",
      "Khady",
      "Ousmane",
      "Mariama",
      "Cheikh",
      "Ndeye",
      "Moussa",
      "Aminata",
      "Abdoulaye",
    ],
    lastNames: ["Ndiaye", "Diop", "Fall", "Ba", "Sarr", "Gueye", "Faye", "Sy", "Cissé", "Thiam"],
    phone: (count) => `+2217700${digits(count, 5)}`,
  },
  {
    country: "CI",
    zones: ["Africa/Abidjan"],
    locale: "fr",
    currency: "XOF",
    share: 16,
    firstNames: ["Adjoua", "Koffi", "Aya", "Yao", "Affoué", "Kouamé", "Akissi", "Konan"],
    lastNames: ["Kouassi", "Koné", "Touré", "Ouattara", "Bamba", "N’Guessan", "Coulibaly"],
    phone: (count) => `+225070000${digits(count, 4)}`,
  },
  {
    country: "GH",
    zones: ["Africa/Accra"],
    locale: "en",
    currency: "GHS",
    share: 12,
    firstNames: ["Kofi", "Ama", "Kwabena", "Akosua", "Yaw", "Abena", "Kojo", "Efua"],
    lastNames: ["Owusu", "Boateng", "Asante", "Osei", "Appiah", "Darko"],
    phone: (count) => `+23320${digits(count, 7)}`,
  },
  {
    country: "CO",
    zones: ["America/Bogota"],
    locale: "es",
    currency: "COP",
    share: 12,
    firstNames: ["Lucía", "Mateo", "Valeria", "Andrés", "Camila", "Juan", "Mariana", "Santiago"],
    lastNames: ["Vargas", "Cárdenas", "Rojas", "Moreno", "Gómez", "Castaño"],
    phone: (count) => `+57300${digits(count, 7)}`,
  },
  {
    country: "MX",
    zones: ["America/Mexico_City", "America/Tijuana"],
    locale: "es",
    currency: "MXN",
    share: 8,
    firstNames: ["Ximena", "Emiliano", "Regina", "Leonardo", "Renata", "Diego"],
    lastNames: ["Hernández", "Flores", "Torres", "Ríos", "Salazar"],
    phone: (count) => `+525500${digits(count, 6)}`,
  },
  {
    country: "FR",
    zones: ["Europe/Paris"],
    locale: "fr",
    currency: "EUR",
    share: 10,
    firstNames: ["Julien", "Camille", "Élodie", "Thomas", "Inès", "Hugo", "Chloé"],
    lastNames: ["Moreau", "Laurent", "Girard", "Lefèvre", "Fontaine"],
    // Kept free for films and books by the French regulator (ARCEP, decision 2018-0881).
    phone: (count) => `+33639${digits(98_0000 + count, 6)}`,
  },
  {
    country: "IN",
    zones: ["Asia/Kolkata"],
    locale: "en",
    currency: "INR",
    share: 12,
    firstNames: ["Ananya", "Rohan", "Meera", "Arjun", "Kavya", "Vikram", "Ishaan", "Divya"],
    lastNames: ["Pillai", "Sharma", "Reddy", "Iyer", "Banerjee", "Desai"],
    phone: (count) => `+9190000${digits(count, 5)}`,
  },
];

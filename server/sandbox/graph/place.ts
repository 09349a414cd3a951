import { z } from "zod";

const text = z.string().max(1000).optional();

/** A place on the map, as location messages and location headers give it; numbers may come as strings. */
export const Place = z
  .looseObject({
    latitude: z.coerce.number().min(-90).max(90),
    longitude: z.coerce.number().min(-180).max(180),
    name: text,
    address: text,
  })
  .transform(({ latitude, longitude, name, address }) => ({
    latitude,
    longitude,
    ...(name ? { name } : {}),
    ...(address ? { address } : {}),
  }));

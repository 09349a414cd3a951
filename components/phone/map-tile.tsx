import { MapPin } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "#components/ui/cn.ts";
import type { PlaceView } from "./message-view.ts";

type MapTileProps = { place: PlaceView; className?: string };

/**
 * A place with a map of our own making: streets drawn from the coordinates, so that one place always looks the same. No map
 * server is asked, because a customer's place must not leave the house.
 */
export function MapTile({ place, className }: MapTileProps) {
  const at = (salt: number) => fraction(place.latitude * 1000 + place.longitude * 7 + salt);
  const streets = [0, 1, 2, 3].map((index) => ({
    across: 12 + index * 34 + at(index) * 16,
    along: 20 + index * 66 + at(index + 9) * 30,
    lean: (at(index + 20) - 0.5) * 46,
  }));
  return (
    <div className={cn("relative h-[116px] overflow-hidden bg-wa-map", className)}>
      <svg aria-hidden viewBox="0 0 260 116" preserveAspectRatio="xMidYMid slice" className="size-full">
        <rect x={at(3) * 130} y={at(4) * 50} width="84" height="48" rx="5" className="fill-wa-map-green" />
        <path
          d={`M-10 ${96 + at(5) * 14} C 70 ${70 + at(6) * 20}, 150 ${110 - at(7) * 14}, 270 ${78 + at(8) * 24} V 130 H -10 Z`}
          className="fill-wa-map-water"
        />
        {streets.map(({ across, along, lean }, index) => (
          <g key={along} className="stroke-wa-map-street" strokeWidth={index === 1 ? 8 : 4} fill="none">
            <path d={`M-10 ${across + lean * 0.4} L 270 ${across - lean * 0.4}`} />
            <path d={`M${along - lean} -10 L ${along + lean} 126`} />
          </g>
        ))}
      </svg>
      <MapPin
        aria-hidden
        className="absolute top-1/2 left-1/2 size-8 -translate-x-1/2 -translate-y-full fill-[#ea4335] text-[#b3261e]"
        strokeWidth={1.25}
      />
      <span aria-hidden className="absolute top-1/2 left-1/2 h-1 w-2.5 -translate-x-1/2 rounded-full bg-black/25" />
    </div>
  );
}

/** From 0 to 1, the same for the same number. */
const fraction = (value: number): number => {
  const wave = Math.sin(value * 12.9898) * 43758.5453;
  return wave - Math.floor(wave);
};

/** The two lines under the map: what the place is called, and where it is. */
export function PlaceLines({ place, timeSpace }: { place: PlaceView; timeSpace?: ReactNode }) {
  const where = `${place.latitude.toFixed(4)}, ${place.longitude.toFixed(4)}`;
  return (
    <>
      {place.name ? <span className="block truncate font-medium">{place.name}</span> : null}
      <span className="block text-[11.5px] text-wa-secondary leading-4">
        {place.address ?? where}
        {timeSpace}
      </span>
    </>
  );
}

"use client";

import { Headphones, Mic, Pause, Play } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { repeated } from "#components/ui/in-order.tsx";
import type { FileView } from "./message-view.ts";

const bars = 30;

/** A voice message or a sound: a button, its wave, its length. Plays when there is something to play. */
export function AudioPlayer({ file }: { file: FileView & { kind: "audio" } }) {
  const t = useTranslations("phone.file");
  const audio = useRef<HTMLAudioElement>(null);
  const [isPlaying, setPlaying] = useState(false);
  const [played, setPlayed] = useState(0);
  const [seconds, setSeconds] = useState<number>();
  const Icon = isPlaying ? Pause : Play;
  const Kind = file.isVoice ? Mic : Headphones;
  const toggle = () => (isPlaying ? audio.current?.pause() : audio.current?.play().catch(() => setPlaying(false)));
  return (
    <div className="flex w-[214px] max-w-full items-center gap-2 pt-1 pb-2">
      <span aria-hidden className="grid size-8 shrink-0 place-items-center rounded-full bg-wa-accent text-white">
        <Kind className="size-4" />
      </span>
      <button
        type="button"
        aria-label={isPlaying ? t("pause") : t("play")}
        disabled={!file.url}
        onClick={toggle}
        className="shrink-0 rounded-full text-wa-secondary"
      >
        <Icon aria-hidden className="size-5 fill-current" />
      </button>
      <span className="min-w-0 flex-1">
        <span aria-hidden className="flex h-6 items-center gap-[2px]">
          {repeated(bars, (index) => (
            <span
              style={{ height: `${barHeight(file.seed, index)}%` }}
              className={`w-[2px] shrink-0 rounded-full ${index / bars < played ? "bg-wa-read" : "bg-wa-tick/70"}`}
            />
          ))}
        </span>
        <span className="tabular block h-3 text-[10.5px] text-wa-secondary leading-3">
          {seconds === undefined ? t(file.isVoice ? "voice" : "audio") : clock(seconds)}
        </span>
      </span>
      {file.url ? (
        // biome-ignore lint/a11y/useMediaCaption: what a person has said has no captions
        <audio
          ref={audio}
          src={file.url}
          // Another host is asked only when somebody presses play.
          preload={/^https?:/.test(file.url) ? "none" : "metadata"}
          onPlay={() => setPlaying(true)}
          onPause={() => setPlaying(false)}
          onLoadedMetadata={({ currentTarget: { duration } }) =>
            Number.isFinite(duration) ? setSeconds(duration) : undefined
          }
          onTimeUpdate={({ currentTarget: { currentTime, duration } }) => setPlayed(currentTime / (duration || 1))}
        />
      ) : null}
    </div>
  );
}

/** Per cent of the line; the same wave for the same message. */
function barHeight(seed: string, index: number): number {
  let hash = index * 2654435761;
  for (const char of seed.slice(-12)) hash = (Math.imul(hash, 31) + (char.codePointAt(0) ?? 0)) >>> 0;
  return 18 + (hash % 61) * Math.min(1, (index + 2) / 6, (bars - index + 1) / 6);
}

const clock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

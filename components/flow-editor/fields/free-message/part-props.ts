import type { FreeContent } from "#flow/free-message.ts";

/** What each part of the form of a free message gets: all languages, and the one that is shown. */
export type PartProps = {
  contents: FreeContent[];
  content: FreeContent;
  onChange: (contents: FreeContent[]) => void;
  /** Whether something is wrong at this place of the shown language: "buttons.0". */
  isWrong: (place: string) => boolean;
};

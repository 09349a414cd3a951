import { Input } from "#components/ui/input.tsx";

type SampleInputProps = {
  variable: string;
  label: string;
  maxLength: number;
  samples: Record<string, string>;
  isLocked: boolean;
  onSample: (sample: string) => void;
};

/** An example of what will stand for a variable, which the phone shows and WhatsApp reads. */
export function SampleInput({ variable, label, maxLength, samples, isLocked, onSample }: SampleInputProps) {
  return (
    <Input
      isDense
      id={`sample-${variable}`}
      readOnly={isLocked}
      aria-label={label}
      placeholder={label}
      maxLength={maxLength}
      value={samples[variable] ?? ""}
      onChange={(event) => onSample(event.target.value)}
    />
  );
}

/** The mark: a quipu, knotted cords on a main cord, in ink and cobalt. The word beside it, or the link around it, names it. */
export function QuipuMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden className={className} fill="none">
      <path d="M3 4.5h18" stroke="var(--ink)" strokeWidth="2.5" strokeLinecap="round" />
      <g stroke="var(--accent)" strokeWidth="1.75" strokeLinecap="round">
        <path d="M6 5v9M12 5v15M18 5v11" />
      </g>
      <g fill="var(--accent)">
        <circle cx="6" cy="10" r="2.1" />
        <circle cx="6" cy="15" r="2.1" />
        <circle cx="12" cy="13" r="2.1" />
        <circle cx="12" cy="20" r="2.1" />
        <circle cx="18" cy="9" r="2.1" />
        <circle cx="18" cy="16.5" r="2.1" />
      </g>
    </svg>
  );
}

import type { ReactNode } from 'react';

/** Line icons on a grid of 16, drawn in the text's colour. They say nothing by themselves: their button is labelled. */
export function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      className="icon"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export function PlusIcon() {
  return (
    <Icon>
      <path d="M8 3v10M3 8h10" />
    </Icon>
  );
}

export function MinusIcon() {
  return (
    <Icon>
      <path d="M3 8h10" />
    </Icon>
  );
}

/** From edge to edge. */
export function WidthIcon() {
  return (
    <Icon>
      <path d="M2 3v10M14 3v10M5 8h6M6.5 6 4.5 8l2 2M9.5 6l2 2-2 2" />
    </Icon>
  );
}

export function CrossIcon() {
  return (
    <Icon>
      <path d="m4 4 8 8M12 4l-8 8" />
    </Icon>
  );
}

export function RetryIcon() {
  return (
    <Icon>
      <path d="M13 8a5 5 0 1 1-1.5-3.6M13 2v3h-3" />
    </Icon>
  );
}

export function ChevronIcon() {
  return (
    <Icon>
      <path d="m4 6 4 4 4-4" />
    </Icon>
  );
}

export function MoreIcon() {
  return (
    <Icon>
      <path d="M3 8h.01M8 8h.01M13 8h.01" strokeWidth="2" />
    </Icon>
  );
}

export function CheckIcon() {
  return (
    <Icon>
      <path d="m3 8.5 3.2 3.2L13 5" />
    </Icon>
  );
}

export function SortIcon() {
  return (
    <Icon>
      <path d="M3 4h10M3 8h7M3 12h4" />
    </Icon>
  );
}

export function UndoIcon() {
  return (
    <Icon>
      <path d="M6 3 3 6l3 3M3 6h6a4 4 0 0 1 0 8H6" />
    </Icon>
  );
}

export function RedoIcon() {
  return (
    <Icon>
      <path d="m10 3 3 3-3 3M13 6H7a4 4 0 0 0 0 8h3" />
    </Icon>
  );
}

export function PlayIcon() {
  return (
    <Icon>
      <path d="M5 3v10l8-5Z" fill="currentColor" />
    </Icon>
  );
}

export function PauseIcon() {
  return (
    <Icon>
      <path d="M5 3.5v9M11 3.5v9" strokeWidth="2.5" />
    </Icon>
  );
}

/** The app's sign: a note whose flag is a leaf. */
export function LeafNote() {
  return (
    <svg className="leaf-note" viewBox="0 0 32 32" aria-hidden="true">
      <ellipse cx="11" cy="25" rx="5.6" ry="4.1" transform="rotate(-18 11 25)" fill="currentColor" />
      <path d="M16.2 24V5" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />
      <path d="M16.2 5c7.6.4 11.2 4.6 10 11.6-6-.3-9.6-3.8-10-11.6Z" fill="var(--leaf)" />
    </svg>
  );
}

import { Icon } from './icons.tsx';

export function PlayIcon() {
  return (
    <Icon>
      <path d="M5 3.2v9.6L12.6 8Z" fill="currentColor" />
    </Icon>
  );
}

export function PauseIcon() {
  return (
    <Icon>
      <path d="M5.5 3.5v9M10.5 3.5v9" strokeWidth="2.4" />
    </Icon>
  );
}

export function LoopIcon() {
  return (
    <Icon>
      <path d="M11.5 2.5 13.5 4.5l-2 2M13 4.5H5A2.5 2.5 0 0 0 2.5 7v1M4.5 13.5l-2-2 2-2M3 11.5h8A2.5 2.5 0 0 0 13.5 9V8" />
    </Icon>
  );
}

export function MetronomeIcon() {
  return (
    <Icon>
      <path d="M6.2 2.5h3.6l2.4 11H3.8ZM4.6 10.5h6.8M8 10.5l4.5-7" />
    </Icon>
  );
}

/** Three dots and a bar line: beats before the music. */
export function CountInIcon() {
  return (
    <Icon>
      <path d="M2.5 8h.01M6 8h.01M9.5 8h.01" strokeWidth="2.4" />
      <path d="M13 3.5v9" />
    </Icon>
  );
}

export function SpeakerIcon() {
  return (
    <Icon>
      <path d="M2.5 6v4H5l3.5 3V3L5 6ZM10.7 5.8a3 3 0 0 1 0 4.4M12.4 4a5.6 5.6 0 0 1 0 8" />
    </Icon>
  );
}

import { Icon } from './icons.tsx';

export function QueueIcon() {
  return (
    <Icon>
      <path d="M3 4h10M3 8h10M3 12h6" />
      <path d="m12 10.5 2 1.5-2 1.5Z" fill="currentColor" />
    </Icon>
  );
}

/** Sliders at different places. */
export function SettingsIcon() {
  return (
    <Icon>
      <path d="M2.5 5h6M12.5 5h1M2.5 11h1M7.5 11h6" />
      <circle cx="10.5" cy="5" r="2" />
      <circle cx="5.5" cy="11" r="2" />
    </Icon>
  );
}

export function UpIcon() {
  return (
    <Icon>
      <path d="M8 13V3.5M4.5 7 8 3.5 11.5 7" />
    </Icon>
  );
}

export function DownIcon() {
  return (
    <Icon>
      <path d="M8 3v9.5M4.5 9 8 12.5 11.5 9" />
    </Icon>
  );
}

export function GripIcon() {
  return (
    <Icon>
      <path d="M6 4.5h.01M10 4.5h.01M6 8h.01M10 8h.01M6 11.5h.01M10 11.5h.01" strokeWidth="2" />
    </Icon>
  );
}

export function SearchIcon() {
  return (
    <Icon>
      <circle cx="7" cy="7" r="4" />
      <path d="m10 10 3.5 3.5" />
    </Icon>
  );
}

export function CommandIcon() {
  return (
    <Icon>
      <path d="m3 5 3 3-3 3M8 12h5" />
    </Icon>
  );
}

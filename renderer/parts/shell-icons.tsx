import { Icon } from './icons.tsx';

export function QueueIcon() {
  return (
    <Icon>
      <path d="M3 4h10M3 8h10M3 12h6" />
      <path d="m12 10.5 2 1.5-2 1.5Z" fill="currentColor" />
    </Icon>
  );
}

export function GearIcon() {
  return (
    <Icon>
      <circle cx="8" cy="8" r="2.2" />
      <path d="M8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6 5 5M11 11l1.4 1.4M12.4 3.6 11 5M5 11l-1.4 1.4" />
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

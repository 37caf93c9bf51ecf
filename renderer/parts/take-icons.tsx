import { Icon } from './icons.tsx';

export function StarIcon() {
  return (
    <Icon>
      <path d="m8 2 1.8 3.8 4.2.5-3.1 2.9.8 4.1L8 11.3l-3.7 2 .8-4.1L2 6.3l4.2-.5Z" />
    </Icon>
  );
}

/** Two pages beside one another. */
export function BesideIcon() {
  return (
    <Icon>
      <path d="M2.5 3h4.5v10H2.5ZM9 3h4.5v10H9Z" />
    </Icon>
  );
}

/** Two staves over one another. */
export function UnderIcon() {
  return (
    <Icon>
      <path d="M2.5 3h11M2.5 6h11M2.5 10h11M2.5 13h11M2.5 3v10" />
    </Icon>
  );
}

/** A die: written anew. */
export function DieIcon() {
  return (
    <Icon>
      <path d="M3 3h10v10H3Z" />
      <path d="M5.7 5.7h.01M10.3 10.3h.01M8 8h.01" strokeWidth="2" />
    </Icon>
  );
}

export function ListenIcon() {
  return (
    <Icon>
      <path d="M3 6.2v3.6h2.2L8.5 13V3L5.2 6.2ZM10.8 6a3 3 0 0 1 0 4M12.6 4.2a5.4 5.4 0 0 1 0 7.6" />
    </Icon>
  );
}

import { Icon } from './icons.tsx';

export function FilterIcon() {
  return (
    <Icon>
      <path d="M2.5 3.5h11L9.5 8.5V13l-3-1.5v-3Z" />
    </Icon>
  );
}

export function TableIcon() {
  return (
    <Icon>
      <path d="M2.5 3.5h11v9h-11ZM2.5 6.5h11M2.5 9.5h11M6.5 3.5v9" />
    </Icon>
  );
}

export function PaneIcon() {
  return (
    <Icon>
      <path d="M2.5 3.5h11v9h-11ZM6.5 3.5v9" />
    </Icon>
  );
}

export function ArrowIcon({ down }: { down: boolean }) {
  return (
    <Icon>
      <path d={down ? 'M8 3v10M4.5 9.5 8 13l3.5-3.5' : 'M8 13V3M4.5 6.5 8 3l3.5 3.5'} />
    </Icon>
  );
}

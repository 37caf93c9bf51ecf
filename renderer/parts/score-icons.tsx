import { Icon } from './icons.tsx';

export function PreviousPageIcon() {
  return (
    <Icon>
      <path d="M10 3 5 8l5 5" />
    </Icon>
  );
}

export function NextPageIcon() {
  return (
    <Icon>
      <path d="m6 3 5 5-5 5" />
    </Icon>
  );
}

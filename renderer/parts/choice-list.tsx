import { ListBox, ListBoxItem, Popover } from 'react-aria-components';

export interface Option<T extends string> {
  id: T;
  name: string;
}

/** What opens below a choice of many. */
export function ChoiceList<T extends string>({ options }: { options: readonly Option<T>[] }) {
  return (
    <Popover className="popover">
      <ListBox className="menu choice-list" items={options}>
        {({ id, name }) => (
          <ListBoxItem id={id} className="menu-item" textValue={name}>
            {name}
          </ListBoxItem>
        )}
      </ListBox>
    </Popover>
  );
}

import { type RefObject, useState } from 'react';
import { Button, Dialog, Form, Input, Label, Popover, TextField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { MOST_NAME, type Take } from '../../../main/contract/library.ts';
import { useLibrary } from '../../state/use-library.tsx';

interface RenameTakeProps {
  take: Take;
  anchor: RefObject<HTMLElement | null>;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

/** Asks what a take is to be called; left empty, its settings name it. */
export function RenameTake({ take, anchor, isOpen, onOpenChange }: RenameTakeProps) {
  const { t } = useTranslation();
  const change = (open: boolean) => {
    onOpenChange(open);
    // The list is drawn anew with the name, which loses the focus that the card had.
    if (!open) requestAnimationFrame(() => anchor.current?.closest<HTMLElement>('[role=row]')?.focus());
  };
  return (
    <Popover
      className="popover"
      triggerRef={anchor}
      placement="bottom start"
      isOpen={isOpen}
      onOpenChange={change}
    >
      <Dialog className="dialog rename-take" aria-label={t('takes.rename')}>
        <RenameForm take={take} close={() => change(false)} />
      </Dialog>
    </Popover>
  );
}

function RenameForm({ take, close }: { take: Take; close: () => void }) {
  const { t } = useTranslation();
  const rename = useLibrary((library) => library.takeDesk.rename);
  const [name, setName] = useState(take.name ?? '');
  return (
    <Form
      className="rename-form"
      onSubmit={(event) => {
        event.preventDefault();
        close();
        void rename(take, name.trim() || null);
      }}
    >
      <TextField className="text-field" value={name} onChange={setName} maxLength={MOST_NAME} autoFocus>
        <Label className="field-label">{t('takes.nameLabel')}</Label>
        <Input className="text-input" placeholder={t('takes.namePlaceholder')} />
      </TextField>
      <Button className="button primary" type="submit">
        {t('takes.rename')}
      </Button>
    </Form>
  );
}

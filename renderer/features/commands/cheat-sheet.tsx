import { useTranslation } from 'react-i18next';
import { WindowDialog } from '../../parts/window-dialog.tsx';
import { commands, keyNames } from './commands.ts';
import { isMac } from './is-mac.ts';
import { keyGroups } from './key-groups.ts';

/** Every key that does something, by where it does it. */
export function CheatSheet() {
  const { t } = useTranslation();
  return (
    <WindowDialog id="shortcuts" title={t('commands.shortcuts')} modal="sheet-modal" focusClose>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
      <section className="key-sheet" tabIndex={0} aria-label={t('commands.shortcuts')}>
        {/* As high as they are: columns in a frame of a certain height would go on beside it, out of sight. */}
        <div className="key-columns">
          <KeyGroup
            name={t('keys.everywhere')}
            entries={commands.flatMap(({ id, shortcut }) =>
              shortcut === undefined ? [] : [{ name: t(`commands.${id}`), chords: [shortcut] }],
            )}
          />
          {keyGroups.map(({ id, keys }) => (
            <KeyGroup
              key={id}
              name={t(`keys.groups.${id}`)}
              entries={keys.map(({ what, chords }) => ({ name: t(`keys.${what}`), chords }))}
            />
          ))}
        </div>
      </section>
    </WindowDialog>
  );
}

function KeyGroup(props: { name: string; entries: readonly { name: string; chords: readonly string[] }[] }) {
  const { t } = useTranslation();
  return (
    <section className="key-group" aria-label={props.name}>
      <h3 className="key-group-name">{props.name}</h3>
      <dl>
        {props.entries.map(({ name, chords }) => (
          <div key={name} className="key-line">
            <dt>{name}</dt>
            <dd>
              {chords.map((chord, i) => (
                <span key={chord} className="key-chord">
                  {i > 0 ? <span className="key-or">{t('keys.or')}</span> : null}
                  {keyNames(chord, isMac).map((key) => (
                    <kbd key={key}>{key in named ? t(`keys.names.${key as NamedKey}`) : key}</kbd>
                  ))}
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Keys that have a name in every language. */
const named = {
  Space: 1,
  Enter: 1,
  Esc: 1,
  Delete: 1,
  Home: 1,
  Shift: 1,
  Alt: 1,
  PageDown: 1,
  PageUp: 1,
} as const;
type NamedKey = keyof typeof named;

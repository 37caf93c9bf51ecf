import { type DragEvent, useState } from 'react';
import { Button, FileTrigger, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { TextureScore } from '../../../main/contract/arrangement.ts';
import type { Take } from '../../../main/contract/library.ts';
import { Segmented } from '../../parts/segmented.tsx';
import { useLibrary } from '../../state/use-library.tsx';
import { nameTake } from './take-name.ts';
import { useWishes } from './wish-state.ts';

const kinds = ['song', 'chance', 'score'] as const;
const endings = ['.mid', '.midi', '.musicxml', '.xml', '.mxl'];

/** Whose texture the next takes follow: the song's, one drawn by chance, that of a take or of a score. */
export function TextureSource({ takes }: { takes: readonly Take[] }) {
  const { t } = useTranslation();
  const { wish, ask } = useWishes();
  const desk = useLibrary((library) => library.takeDesk);
  // What was chosen stays at hand while something else is tried.
  const [score, setScore] = useState<TextureScore | null>(
    wish.style?.kind === 'score' ? wish.style.score : null,
  );
  const [choosing, setChoosing] = useState(score !== null);
  const follow = async (reading: Promise<TextureScore | null>) => {
    const read = await reading;
    if (read === null) return;
    setScore(read);
    ask({ style: { kind: 'score', score: read } });
  };
  const dropped = (event: DragEvent) => {
    const [file] = event.dataTransfer.files;
    if (file === undefined) return;
    event.preventDefault();
    // The window would take it for a recording; it only has to know that nothing hovers any more.
    event.stopPropagation();
    window.dispatchEvent(new Event('drop'));
    void follow(desk.readTexture(file));
  };
  const chosen = wish.style?.kind;
  return (
    <div className="texture-source">
      <Segmented
        label={t('takes.panel.style.label')}
        value={choosing ? 'score' : chosen === 'chance' ? 'chance' : 'song'}
        options={kinds}
        nameOf={(kind) => t(`takes.panel.style.${kind}`)}
        hint={choosing && score === null ? t('takes.panel.style.scoreHint') : null}
        onChange={(kind) => {
          setChoosing(kind === 'score');
          if (kind !== 'score') ask({ style: { kind } });
          else ask({ style: score === null ? { kind: 'song' } : { kind, score } });
        }}
      />
      {choosing ? (
        <section
          className="texture-choice"
          aria-label={t('takes.panel.style.score')}
          onDragOver={(event) => event.preventDefault()}
          onDrop={dropped}
        >
          {score === null ? null : (
            <p>{t('takes.panel.style.followed', { title: score.title, count: score.bars.length })}</p>
          )}
          <MenuTrigger>
            <Button className="button small" isDisabled={takes.length === 0}>
              {t('takes.panel.style.ofTake')}
            </Button>
            <Popover className="popover">
              <Menu
                className="menu"
                items={takes}
                onAction={(id) => {
                  const take = takes.find((each) => each.id === id);
                  if (take) void follow(desk.textureOf(take));
                }}
              >
                {(take) => (
                  <MenuItem className="menu-item">
                    {t('takes.numbered', { number: take.number, name: nameTake(t, take) })}
                  </MenuItem>
                )}
              </Menu>
            </Popover>
          </MenuTrigger>
          <FileTrigger
            acceptedFileTypes={endings}
            onSelect={(files) => {
              const file = files?.[0];
              if (file) void follow(desk.readTexture(file));
            }}
          >
            <Button className="button small">{t('takes.panel.style.ofFile')}</Button>
          </FileTrigger>
        </section>
      ) : null}
    </div>
  );
}

import { useEffect, useRef, useState } from 'react';
import {
  Button,
  Checkbox,
  CheckboxGroup,
  Dialog,
  Heading,
  Input,
  Label,
  Modal,
  ModalOverlay,
  TextField,
} from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { audioFormatSchema, audioMixes } from '../../../main/contract/audio.ts';
import { type ErrorReport, toErrorReport } from '../../../main/contract/errors.ts';
import type { ExportTake, TakeFormat, TakeSelection } from '../../../main/contract/export.ts';
import { nameExports, nameFields, unknownFields } from '../../../main/contract/export-names.ts';
import { ErrorText } from '../../parts/error-text.tsx';
import { CheckIcon } from '../../parts/icons.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import { useExports } from './use-exports.tsx';

/** Formats by what they are for. */
const groups = [
  { name: 'score', formats: ['musicxml', 'mxl', 'pdf', 'svg'] },
  { name: 'midi', formats: ['mid', 'score.mid', 'jams'] },
  { name: 'sound', formats: ['wav', 'flac'] },
] as const satisfies readonly { name: string; formats: readonly TakeFormat[] }[];

/** Which of the songs' takes are written. */
const whichTakes = ['all', 'newest', 'starred'] as const;
type WhichTakes = (typeof whichTakes)[number];

const PREVIEWED = 4;

/** Asks what of which takes is written, and under which names. */
export function ExportDialog() {
  const asked = useExports((exports) => exports.asked);
  const close = useExports((exports) => exports.close);
  return (
    <ModalOverlay
      className="overlay"
      isOpen={asked !== null}
      onOpenChange={(isOpen) => {
        if (!isOpen) close();
      }}
      isDismissable
    >
      <Modal className="modal export-modal">
        <Dialog className="dialog export-dialog">
          {asked === null ? null : <ExportForm selection={asked} onClose={close} />}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function ExportForm({ selection, onClose }: { selection: TakeSelection; onClose: () => void }) {
  const { t } = useTranslation();
  const readTakes = useExports((exports) => exports.readTakes);
  const write = useExports((exports) => exports.write);
  const before = useExports((exports) => exports.choice);
  const [takes, setTakes] = useState<readonly ExportTake[] | null>(null);
  const [failure, setFailure] = useState<ErrorReport | null>(null);
  const [which, setWhich] = useState<WhichTakes>('all');
  const [choice, setChoice] = useState(before);

  useEffect(() => {
    let gone = false;
    readTakes(selection).then(
      (all) => {
        if (!gone) setTakes(all);
      },
      (error: unknown) => {
        if (!gone) setFailure(toErrorReport(error));
      },
    );
    return () => {
      gone = true;
    };
  }, [readTakes, selection]);

  if (failure !== null) return <ErrorText error={failure} />;
  const chosen = (takes ?? []).filter(
    (take) => which === 'all' || (which === 'newest' ? take.newest : take.starred),
  );
  const [unknown] = unknownFields(choice.names);
  const files =
    unknown === undefined && choice.names.trim() !== ''
      ? nameExports(chosen, choice.formats, choice.names, choice.mix)
      : [];
  const hasSound = choice.formats.some((format) => audioFormatSchema.safeParse(format).success);
  const songs = new Set(chosen.map(({ songId }) => songId)).size;
  return (
    <>
      <Heading slot="title" className="dialog-title">
        {t('export.title')}
      </Heading>
      <p className="export-count" role="status">
        {takes === null
          ? t('export.reading')
          : `${t('export.songCount', { count: songs })}, ${t('export.takeCount', { count: chosen.length })}`}
      </p>
      {selection.of === 'songs' ? (
        <Segmented
          label={t('export.which')}
          value={which}
          options={whichTakes}
          nameOf={(option) => t(`export.whichTakes.${option}`)}
          hint={null}
          onChange={setWhich}
        />
      ) : null}
      <FormatChoice formats={choice.formats} onChange={(formats) => setChoice({ ...choice, formats })} />
      {hasSound ? (
        <Segmented
          label={t('export.mix')}
          value={choice.mix}
          options={audioMixes}
          nameOf={(mix) => t(`export.mixes.${mix}`)}
          hint={choice.mix === 'vocals' ? t('export.hints.vocals') : null}
          onChange={(mix) => setChoice({ ...choice, mix })}
        />
      ) : null}
      <NamesField
        names={choice.names}
        unknown={unknown}
        onChange={(names) => setChoice({ ...choice, names })}
      />
      <ul className="export-preview" aria-label={t('export.preview')}>
        {files.slice(0, PREVIEWED).map(({ name }) => (
          <li key={name}>{name}</li>
        ))}
        {files.length > PREVIEWED ? (
          <li className="export-more">{t('export.more', { count: files.length - PREVIEWED })}</li>
        ) : null}
      </ul>
      <div className="dialog-buttons">
        <Button className="button" onPress={onClose}>
          {t('common.cancel')}
        </Button>
        <Button
          className="button primary"
          isDisabled={files.length === 0}
          onPress={() =>
            void write(
              chosen.map(({ takeId }) => takeId),
              choice,
            )
          }
        >
          {t('export.write', { count: files.length })}
        </Button>
      </div>
    </>
  );
}

function FormatChoice(props: {
  formats: readonly TakeFormat[];
  onChange: (formats: readonly TakeFormat[]) => void;
}) {
  const { t } = useTranslation();
  return (
    <CheckboxGroup
      className="export-formats"
      aria-label={t('export.formatsLabel')}
      value={[...props.formats]}
      onChange={(chosen) => {
        const all: readonly TakeFormat[] = groups.flatMap(({ formats }) => [...formats]);
        props.onChange(all.filter((format) => chosen.includes(format)));
      }}
    >
      {groups.map(({ name, formats }) => (
        <div key={name} className="export-group">
          <span className="segmented-label">{t(`export.groups.${name}`)}</span>
          {formats.map((format) => (
            <Checkbox key={format} value={format} className="export-format">
              <span className="check-box" aria-hidden="true">
                <CheckIcon />
              </span>
              {t(`export.short.${format}`)}
            </Checkbox>
          ))}
        </div>
      ))}
    </CheckboxGroup>
  );
}

/** The template of the names, with what it can be made of at hand. */
function NamesField(props: {
  names: string;
  unknown: string | undefined;
  onChange: (names: string) => void;
}) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  function insert(field: string): void {
    const from = input.current?.selectionStart ?? props.names.length;
    const to = input.current?.selectionEnd ?? from;
    props.onChange(`${props.names.slice(0, from)}{${field}}${props.names.slice(to)}`);
  }
  return (
    <div className="export-names">
      <TextField
        value={props.names}
        onChange={props.onChange}
        isInvalid={props.unknown !== undefined}
        maxLength={300}
      >
        <Label className="segmented-label">{t('export.names')}</Label>
        <Input ref={input} className="text-input" spellCheck="false" />
      </TextField>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame of its own */}
      <div className="export-fields" role="group" aria-label={t('export.fieldsLabel')}>
        {nameFields.map((field) => (
          <Button key={field} className="chip" onPress={() => insert(field)}>
            {t(`export.fields.${field}`)}
          </Button>
        ))}
      </div>
      {props.unknown === undefined ? null : (
        <p className="error-hint" role="alert">
          {t('export.unknownField', { field: `{${props.unknown}}` })}
        </p>
      )}
    </div>
  );
}

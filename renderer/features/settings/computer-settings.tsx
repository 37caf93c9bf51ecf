import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../../main/contract/calls.ts';
import { deviceChoices } from '../../../main/contract/devices.ts';
import { NumberSetting, SelectSetting } from '../../parts/setting.tsx';
import { startAnew } from '../../state/late-saver.ts';
import { useLibrary } from '../../state/use-library.tsx';
import { useShell } from '../../state/use-shell.tsx';
import { useTransport } from '../../state/use-transport.tsx';

/** Where the networks run, and where the library lies. */
export function ComputerSettings() {
  const { t } = useTranslation();
  const { device, threads } = useShell((shell) => shell.settings);
  const change = useShell((shell) => shell.change);
  const info = useEngineInfo(`${device} ${threads}`);
  return (
    <>
      <SelectSetting
        label={t('settings.device')}
        hint={
          info === null
            ? t('settings.deviceHint')
            : t('settings.deviceInUse', { device: t(`settings.devices.${info.device as 'cpu'}`) })
        }
        value={device}
        options={deviceChoices.map((id) => ({ id, name: t(`settings.devices.${id}`) }))}
        onChange={(next) => void change({ device: next })}
      />
      <NumberSetting
        label={t('settings.threads')}
        hint={t('settings.threadsHint')}
        value={threads}
        min={0}
        max={64}
        lower={t('settings.fewer')}
        higher={t('settings.more')}
        onChange={(next) => void change({ threads: next })}
      />
      <LibraryFolder folder={info?.library ?? ''} />
    </>
  );
}

function LibraryFolder({ folder }: { folder: string }) {
  const { t } = useTranslation();
  const { shell } = useTransport();
  const attempt = useLibrary((library) => library.attempt);
  return (
    <div className="setting setting-block">
      <span className="setting-name">
        <span>{t('settings.library')}</span>
        <span className="setting-hint">
          {shell.chooseLibrary ? t('settings.libraryHint') : t('settings.libraryServed')}
        </span>
      </span>
      {folder === '' ? null : <p className="setting-path">{folder}</p>}
      {shell.chooseLibrary ? (
        <Button
          className="button small"
          onPress={() =>
            void attempt(async () => {
              if ((await shell.chooseLibrary?.()) !== null) startAnew();
            })
          }
        >
          {t('settings.chooseLibrary')}
        </Button>
      ) : null}
    </div>
  );
}

/** What the engine says of itself; read again when `key` changes. */
function useEngineInfo(key: string): CallOutput<'engine.info'> | null {
  const transport = useTransport();
  const [info, setInfo] = useState<CallOutput<'engine.info'> | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another device is told of by the engine only
  useEffect(() => {
    let shown = true;
    transport.call('engine.info', {}).then(
      (read) => shown && setInfo(read),
      // A device that does not work: the setting itself is still there to be changed.
      () => shown && setInfo(null),
    );
    return () => {
      shown = false;
    };
  }, [transport, key]);
  return info;
}

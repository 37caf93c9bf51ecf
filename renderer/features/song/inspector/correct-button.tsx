import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import type { Correction } from '../../../../main/contract/corrections.ts';
import { useDesk } from '../use-desk.tsx';

/** A button that makes one correction; without one it cannot be pressed. */
export function CorrectButton(props: { correction: Correction | null; label?: string; children: ReactNode }) {
  const correct = useDesk((desk) => desk.correct);
  const working = useDesk((desk) => desk.working);
  const { correction } = props;
  return (
    <Button
      className="button small"
      isDisabled={working || correction === null}
      onPress={() => {
        if (correction) void correct(correction);
      }}
      {...(props.label === undefined ? {} : { 'aria-label': props.label })}
    >
      {props.children}
    </Button>
  );
}

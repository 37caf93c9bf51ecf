import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import type { Correction } from '../../../../main/contract/corrections.ts';
import { useDesk } from '../use-desk.tsx';

/**
 * A button that makes one correction; without one it cannot be pressed. While another is made it only looks so: a button
 * that is disabled for a moment loses the focus.
 */
export function CorrectButton(props: { correction: Correction | null; label?: string; children: ReactNode }) {
  const correct = useDesk((desk) => desk.correct);
  const working = useDesk((desk) => desk.working);
  const { correction } = props;
  return (
    <Button
      className="button small"
      isDisabled={correction === null}
      data-busy={working}
      onPress={() => {
        if (correction) void correct(correction);
      }}
      {...(props.label === undefined ? {} : { 'aria-label': props.label })}
    >
      {props.children}
    </Button>
  );
}

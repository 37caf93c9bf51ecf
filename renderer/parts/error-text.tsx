import type { ErrorReport } from '../../main/contract/errors.ts';

/** What went wrong, and what to do about it. */
export function ErrorText({ error }: { error: ErrorReport }) {
  return (
    <div className="error-text">
      <p className="error-message">{error.message}</p>
      <p className="error-hint">{error.hint}</p>
    </div>
  );
}

import { useTranslation } from 'react-i18next';
import type { ErrorReport } from '../../main/contract/errors.ts';

/**
 * What went wrong, and what to do about it. The engine speaks English and names the thing concerned; in other languages
 * the kind of error is told first, and the engine's own words stand below.
 */
export function ErrorText({ error }: { error: ErrorReport }) {
  const { t, i18n } = useTranslation();
  if (i18n.language === 'en') {
    return (
      <div className="error-text">
        <p className="error-message">{error.message}</p>
        <p className="error-hint">{error.hint}</p>
      </div>
    );
  }
  return (
    <div className="error-text">
      <p className="error-message">{t(`errors.${error.code}.message`)}</p>
      <p className="error-hint">{t(`errors.${error.code}.hint`)}</p>
      <p className="error-own" lang="en">
        {error.message}
      </p>
    </div>
  );
}

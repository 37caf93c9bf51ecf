import { Button, Group } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { MinusIcon, PlusIcon, WidthIcon } from '../../parts/icons.tsx';
import { fitScale, type TimelineView, wholeView, ZOOM_STEP, zoomAt } from './timeline-view.ts';

/** Brings more or less of the recording into sight, around its middle, or all of it. */
export function TimelineZoom(props: {
  view: TimelineView;
  width: number;
  /** Seconds of the recording. */
  duration: number;
  onView: (view: TimelineView) => void;
}) {
  const { view, width, duration, onView } = props;
  const { t } = useTranslation();
  const isWhole = view.scale <= fitScale(width, duration);
  const zoom = (factor: number) => onView(zoomAt(view, factor, width / 2, width, duration));
  return (
    <Group className="timeline-zoom" aria-label={t('song.zoom')}>
      <Button
        className="icon-button"
        aria-label={t('song.zoomOut')}
        isDisabled={isWhole}
        onPress={() => zoom(1 / ZOOM_STEP)}
      >
        <MinusIcon />
      </Button>
      <Button className="icon-button" aria-label={t('song.zoomIn')} onPress={() => zoom(ZOOM_STEP)}>
        <PlusIcon />
      </Button>
      <Button
        className="icon-button"
        aria-label={t('song.zoomWhole')}
        isDisabled={isWhole}
        onPress={() => onView(wholeView(width, duration))}
      >
        <WidthIcon />
      </Button>
    </Group>
  );
}

import type { DragEvent } from 'react';
import { useLibrary } from '../../state/use-library.tsx';
import { useExports } from './use-exports.tsx';

/** Makes an element a take that can be dragged out of the window as a MusicXML file: spread this over it. */
export function useTakeDrag(takeId: string) {
  const options = useLibrary((library) => library.scoreOptions);
  const prepareDrag = useExports((exports) => exports.prepareDrag);
  const startDrag = useExports((exports) => exports.startDrag);
  return {
    draggable: true,
    // Before the button goes down: a drag cannot wait for its file.
    onPointerEnter: () => prepareDrag(takeId, options),
    onDragStart: (event: DragEvent<HTMLElement>) => startDrag(takeId, options, event.nativeEvent),
  };
}

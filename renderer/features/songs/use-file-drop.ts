import { useEffect, useState } from 'react';

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

/**
 * Takes files dropped anywhere on the window, so that no drop is lost beside a target and none makes the page
 * navigate. @returns true while files hover over the window.
 */
export function useFileDrop(onDrop: (data: DataTransfer) => void): boolean {
  const [hovering, setHovering] = useState(false);
  useEffect(() => {
    // Entering a child comes before leaving its parent: only the balance tells whether the pointer has left.
    let depth = 0;
    function enter(event: DragEvent): void {
      if (!carriesFiles(event)) return;
      depth += 1;
      setHovering(true);
    }
    function leave(event: DragEvent): void {
      if (!carriesFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setHovering(false);
    }
    function over(event: DragEvent): void {
      // Something in the window that is moved within it.
      if (event.defaultPrevented && !carriesFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = carriesFiles(event) ? 'copy' : 'none';
    }
    function drop(event: DragEvent): void {
      event.preventDefault();
      depth = 0;
      setHovering(false);
      if (event.dataTransfer !== null && carriesFiles(event)) onDrop(event.dataTransfer);
    }
    window.addEventListener('dragenter', enter);
    window.addEventListener('dragleave', leave);
    window.addEventListener('dragover', over);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragenter', enter);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('dragover', over);
      window.removeEventListener('drop', drop);
    };
  }, [onDrop]);
  return hovering;
}

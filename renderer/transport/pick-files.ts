/** Names that a folder's songs have; what else is in it is passed over, as the terminal does. */
const soundName = /\.(mp3|m4a|aac|flac|ogg|oga|opus|wav|aif|aiff|aifc)$/i;

/** Asks for files, or for a folder with all that sounds in it. Empty where the person closed the dialog. */
export function pickFiles(how: { folder?: boolean; several?: boolean } = {}): Promise<File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = how.several ?? false;
    if (how.folder) input.webkitdirectory = true;
    else input.accept = 'audio/*,.m4a,.flac,.ogg,.opus,.aif,.aiff';
    input.addEventListener('change', () => {
      const files = [...(input.files ?? [])];
      resolve(how.folder ? onlySounds(files) : files);
    });
    input.addEventListener('cancel', () => resolve([]));
    input.click();
  });
}

/** In the order of their paths; hidden files and folders are passed over. */
function onlySounds(files: readonly File[]): File[] {
  const pathOf = (file: File) => file.webkitRelativePath || file.name;
  const isHidden = (file: File) =>
    pathOf(file)
      .split('/')
      .some((part) => part.startsWith('.'));
  return files
    .filter((file) => soundName.test(file.name) && !isHidden(file))
    .sort((a, b) => (pathOf(a) < pathOf(b) ? -1 : 1));
}

/** Everything that was dropped, also what lies in dropped folders. Call at once: a drop's items do not outlast its event. */
export function readDropped(data: DataTransfer): Promise<File[]> {
  const entries = [...data.items].map((item) => (item.kind === 'file' ? item.webkitGetAsEntry() : null));
  const files = [...data.files];
  // A drop made by a script has files without entries.
  if (entries.every((entry) => entry === null || entry.isFile)) return Promise.resolve(files);
  return Promise.all(entries.map(async (entry) => (entry === null ? [] : await readEntry(entry, true)))).then(
    (all) => all.flat(),
  );
}

async function readEntry(entry: FileSystemEntry, isDropped: boolean): Promise<File[]> {
  if (entry.isFile) {
    if (!isDropped && (entry.name.startsWith('.') || !soundName.test(entry.name))) return [];
    return new Promise((resolve) =>
      (entry as FileSystemFileEntry).file(
        (file) => resolve([file]),
        // Told of when it is sent: a file that cannot be read has no bytes.
        () => resolve([new File([], entry.name)]),
      ),
    );
  }
  if (entry.name.startsWith('.')) return [];
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const inside: FileSystemEntry[] = [];
  // A reader gives a hundred at a time.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve) =>
      reader.readEntries(resolve, () => resolve([])),
    );
    if (some.length === 0) break;
    inside.push(...some);
  }
  inside.sort((a, b) => (a.name < b.name ? -1 : 1));
  const files: File[] = [];
  for (const each of inside) files.push(...(await readEntry(each, false)));
  return files;
}

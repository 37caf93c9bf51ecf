/** A text file's own text, put into the bundle. */
declare module '*?raw' {
  const text: string;
  // biome-ignore lint/style/noDefaultExport: the bundler's own form
  export default text;
}

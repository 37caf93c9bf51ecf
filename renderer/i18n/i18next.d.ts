import type en from './en.json';

/** Makes a misspelt key a type error. */
declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}

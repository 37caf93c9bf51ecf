import type { Page } from '@playwright/test';

/** What must not happen in a page: uncaught errors, and errors in its console, where its policy's are as well. */
export class Faults {
  readonly #seen: string[] = [];
  readonly #wanted: { pattern: RegExp; seen: string[] }[] = [];

  follow(page: Page): void {
    page.on('console', (message) => {
      if (message.type() === 'error') this.#note(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.#note(`uncaught: ${error.message}`));
  }

  /** From now on such a fault is what the test wants to see. @returns the list that it will be in. */
  want(pattern: RegExp): readonly string[] {
    const seen: string[] = [];
    this.#wanted.push({ pattern, seen });
    return seen;
  }

  /** All that nobody wanted. */
  get unwanted(): readonly string[] {
    return this.#seen;
  }

  #note(fault: string): void {
    const wanted = this.#wanted.find(({ pattern }) => pattern.test(fault));
    (wanted?.seen ?? this.#seen).push(fault);
  }
}

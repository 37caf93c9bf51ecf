import { config } from 'zod';

// Zod otherwise tries whether it may compile code, which our content security policy forbids and reports.
config({ jitless: true });

// better-sqlite3 13 needs Node-API 10; the stand-in for Electron has 9 and would crash. In it, and in its utility
// processes, another better-sqlite3 takes its place. Loaded by the stand-in's default app, so tests only.
const Module = require('node:module');
const path = require('node:path');

const replacement = process.env.SONGLEAF_TEST_SQLITE;
const entry = path.join('node_modules', 'better-sqlite3', 'lib', 'index.js');

if (replacement && Number(process.versions.napi) < 10) {
  // Utility processes inherit the environment, and Electron honours this in an app that is not packaged.
  process.env.NODE_OPTIONS = `--require="${__filename.replaceAll('\\', '\\\\')}"`;
  const load = Module._load;
  Module._load = function loadWithSqlite(request, parent, isMain) {
    const isOurs = request === 'better-sqlite3' || (path.isAbsolute(request) && request.endsWith(entry));
    if (!isOurs || request.startsWith(replacement)) return load.call(this, request, parent, isMain);
    const database = load.call(this, replacement, parent, false);
    // `import` of a CommonJS package asks by file name and reads the module that it has put into the cache.
    const waiting = Module._cache[request];
    if (waiting) {
      waiting.exports = database;
      waiting.loaded = true;
    }
    return database;
  };
}

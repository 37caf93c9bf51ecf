// Entry of the build: becomes `out/main/engine-process.js`.
import '../shell/engine-process.ts';

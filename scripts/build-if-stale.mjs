/** Before `npm start`: builds when `dist/` is missing or older than the sources; otherwise takes a few milliseconds. */
import { isFresh } from './stamp.mjs'

if (!isFresh()) {
  console.log('Building …')
  await import('./build.mjs')
}

/** Draws every page and stage of the buyer's shop front with sample data: `npx tsx scripts/gallery.tsx DIR`, then open the files. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { ASSETS_PATH, assetFiles } from '../src/buyer/assets/index.ts'
import { galleryPages } from '../test/helpers/buyer-gallery.ts'

const target = process.argv[2]
if (target === undefined) throw new RangeError('usage: npx tsx scripts/gallery.tsx DIR')

const write = (path: string, text: string): void => {
  const file = join(resolve(target), path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

const pages = galleryPages()
for (const { name, html } of pages) write(`${name}.html`, html.replaceAll(`${ASSETS_PATH}/`, './assets/'))
for (const { name, body } of assetFiles(pages.map(({ accentColor }) => accentColor))) write(join('assets', name), body)
write('index.html', `<!doctype html><title>Gallery</title>${pages.map(({ name }) => `<p><a href="${name}.html">${name}</a></p>`).join('')}`)
console.log(`${pages.length} pages in ${target}`)

/** The few files the pages load: stylesheet, script, icon. */
import type { FastifyInstance } from 'fastify'
import { icon } from '../layout.tsx'
import { liveScript } from '../live.js.ts'
import { styles } from '../style.css.ts'

export function assetRoutes(app: FastifyInstance): void {
  const serve = (path: string, type: string, content: string): void => {
    app.get(path, async (_request, reply) => reply.header('content-type', type).header('cache-control', 'no-cache').send(content))
  }
  serve('/store/style.css', 'text/css; charset=utf-8', styles)
  serve('/store/live.js', 'text/javascript; charset=utf-8', liveScript)
  serve('/store/icon.svg', 'image/svg+xml', icon)
}

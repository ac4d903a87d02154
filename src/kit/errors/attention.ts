import { defineErrors } from './entry.ts'

export const attentionErrors = defineErrors({
  ERR_ATTENTION_NOT_FOUND: {
    what: 'There is no such attention item.',
    todo: 'Check the id with `bridge attention list --all`.',
    status: 404,
    retryable: false,
  },
  ERR_ATTENTION_RESOLVED: {
    what: 'The attention item is resolved already.',
    todo: 'Nothing. It comes back by itself if its cause is still there.',
    status: 409,
    retryable: false,
  },
})

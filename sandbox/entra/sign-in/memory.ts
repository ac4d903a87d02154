/** Where the OIDC library keeps sessions, grants and codes: in this process, per sandbox. */
import type { Adapter, AdapterPayload } from 'oidc-provider'

export interface Memory {
  adapter(model: string): Adapter
  clear(): void
}

export function createMemory(): Memory {
  const kept = new Map<string, AdapterPayload>()
  const find = (matches: (payload: AdapterPayload) => boolean) => [...kept.values()].find(matches)

  function adapter(model: string): Adapter {
    const key = (id: string): string => `${model}:${id}`
    return {
      upsert: async (id, payload) => void kept.set(key(id), payload),
      find: async (id) => kept.get(key(id)),
      findByUid: async (uid) => find((payload) => payload.kind === model && payload.uid === uid),
      findByUserCode: async (code) => find((payload) => payload.userCode === code),
      destroy: async (id) => void kept.delete(key(id)),
      consume: async (id) => {
        const payload = kept.get(key(id))
        if (payload) kept.set(key(id), { ...payload, consumed: true })
      },
      revokeByGrantId: async (grantId) => {
        for (const [at, payload] of kept) if (payload.grantId === grantId) kept.delete(at)
      },
    }
  }

  return { adapter, clear: () => kept.clear() }
}

/** What a tier account is found again by: `external_uid` where there is one, else `external_id`. Both repeat across hubs. */
export const accountKey = (hubId: string, type: string, externalUid: string, externalId: string): string | undefined =>
  externalUid || externalId ? [hubId, type, externalUid ? 'uid' : 'id', externalUid || externalId].join(' ') : undefined

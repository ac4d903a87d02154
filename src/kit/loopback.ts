/** True for hosts that never leave this machine (`localhost`, 127.0.0.0/8, `[::1]`): only there plain http is accepted. */
export const isLoopback = (host: string): boolean => {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase()
  return name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name)
}

/** True for https, and for http on this machine. */
export const isSafeToCall = (url: URL): boolean => url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))

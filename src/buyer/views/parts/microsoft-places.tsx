/** Where a subscription is managed at Microsoft. Addresses of the portals themselves: their inner paths change, their menus less so. */
import type { VNode } from 'preact'
import type { Setting } from '../setting.ts'
import { OutsideLink } from './outside-link.tsx'

export const AZURE_PORTAL = 'https://portal.azure.com/'
export const ADMIN_CENTER = 'https://admin.microsoft.com/'

/** `azure`, `admin`: the way inside each, in words. */
export const MicrosoftPlaces = ({
  setting,
  azure,
  admin,
}: {
  readonly setting: Setting
  readonly azure: string
  readonly admin: string
}): VNode => (
  <ul class="places">
    <li>
      <OutsideLink href={ADMIN_CENTER} setting={setting}>
        {setting.texts.active.admin}
      </OutsideLink>
      <small>{admin}</small>
    </li>
    <li>
      <OutsideLink href={AZURE_PORTAL} setting={setting}>
        {setting.texts.active.azure}
      </OutsideLink>
      <small>{azure}</small>
    </li>
  </ul>
)

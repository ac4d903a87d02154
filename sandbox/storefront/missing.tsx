/** Nothing is here. */
import { page } from '../layout.tsx'

export const missingPage = (): string =>
  page({
    title: 'Not found · Sandbox Marketplace',
    section: 'shop',
    children: (
      <div class="card empty">
        <h1>There is nothing here</h1>
        <p>The sandbox forgets everything when it is restarted.</p>
        <a class="button primary" href="/">
          Go to the shop
        </a>
      </div>
    ),
  })

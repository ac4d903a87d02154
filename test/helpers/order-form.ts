/** What a buyer fills in on the order form, in a real browser. */
import type { Page } from './chromium.ts'

export async function fillOrder(page: Page): Promise<void> {
  await page.getByLabel('Company or organisation').fill('Fabrikam GmbH')
  await page.getByLabel('Street and number').fill('Hauptstrasse 1')
  await page.getByLabel('Postal code').fill('10115')
  await page.getByLabel('City').fill('Berlin')
  await page.getByLabel('Country or region').selectOption('DE')
}

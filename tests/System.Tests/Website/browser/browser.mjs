// Looks at the website in Chromium: node browser.mjs <what as JSON>. It prints what was seen, as one line of JSON.
import { join } from 'node:path';
import { chromium, devices } from 'playwright-core';

const { story, site, token, executable, pictures } = JSON.parse(process.argv[2]);

/** What a page wrote into its console as an error, and what no script caught. */
const errors = [];

// Chromium's own sandbox needs a user namespace and a user who is not root, which a container may lack.
const browser = await chromium.launch({ executablePath: executable, args: ['--no-sandbox'] });

async function open(options = {}) {
  const context = await browser.newContext({ baseURL: site, locale: 'en', ...options });
  const page = await context.newPage();
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(String(error)));
  return { context, page };
}

/** What a page shows when it has the files, or knows that it has none. */
const LOADED = '[data-state]:not([data-state=loading]):not([hidden])';

/** Takes a picture when something of the page can be seen. */
async function look(page, name, shown) {
  await page.locator(shown).first().waitFor();
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}

const variantOf = async (page) => /variant ([AB])/.exec(await page.locator('footer').innerText())[1];
const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);

const stories = {
  async reload() {
    const { context, page } = await open();
    await page.goto('/');
    const seen = [await variantOf(page)];
    await look(page, `home-${seen[0].toLowerCase()}`, LOADED);
    for (let i = 0; i < 3; i++) {
      await page.reload();
      seen.push(await variantOf(page));
    }
    const { value } = (await context.cookies()).find(({ name }) => name === 'isobar-variant');
    // The other variant, which only the cookie can explain.
    const other = value === 'a' ? 'b' : 'a';
    await context.addCookies([{ name: 'isobar-variant', value: other, url: site }]);
    await page.goto('/');
    // A browser may keep a page without Cache-Control for a while, and not ask with the new cookie.
    await page.reload();
    await look(page, `home-${other}`, LOADED);
    const files = await page.locator('[data-state=files]').isVisible();
    return { seen, value, afterwards: await variantOf(page), other, files };
  },

  async private() {
    const { context, page } = await open();
    const refused = (await page.goto('/private/')).status();
    // Chromium reports the 401 itself.
    const reported = errors.splice(0);
    await look(page, 'private-refused', 'h1');
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByLabel('Token').fill(token);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL('**/private/');
    const heading = await page.locator('h1').innerText();
    await look(page, 'private', '#none:not([hidden]), #read-out:not([hidden])');
    const noReadOut = await page.locator('#none').isVisible();
    const missing = errors.splice(0);
    const cookie = (await context.cookies(`${site}private/`)).find(({ name }) => name === 'isobar-token');
    const readable = await page.evaluate(() => document.cookie);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(site);
    const again = (await page.goto('/private/')).status();
    errors.length = 0;
    return { refused, reported, heading, noReadOut, missing, httpOnly: cookie.httpOnly, readable, again };
  },

  async small() {
    const phone = await open({ ...devices['Pixel 7'], defaultBrowserType: undefined });
    await phone.page.goto('/');
    await look(phone.page, 'home-small', LOADED);
    const footer = await phone.page.locator('footer').innerText();
    const home = await fits(phone.page);
    await phone.page.goto('/jobs.html');
    await look(phone.page, 'jobs-small', 'main');
    const screen = await phone.page.locator('main').getAttribute('data-screen');
    const jobs = await fits(phone.page);
    const desktop = await open();
    await desktop.page.goto('/');
    return { footer, screen, fits: [home, jobs], desktop: await desktop.page.locator('footer').innerText() };
  },

  async jobs() {
    const { page } = await open();
    await page.goto('/jobs.html');
    await look(page, 'jobs', 'main');
    const rows = await page.locator('tbody tr').count();
    await page.getByRole('link', { name: 'The files', exact: true }).click();
    await page.getByRole('searchbox').fill('XIW00000001');
    await page.getByRole('searchbox').press('Enter');
    await page.getByText('named XIW00000001').first().waitFor();
    await look(page, 'search', 'main');
    return { rows };
  },

  async stations() {
    /** From the home page to the station's, by links. */
    const visit = async (name, options) => {
      const { page } = await open(options);
      const fitting = [];
      await page.goto('/');
      await page.getByRole('link', { name: 'The stations' }).click();
      await page.getByRole('heading', { name: 'Stations' }).waitFor();
      fitting.push(await fits(page));
      await page.getByRole('main').getByRole('link', { name: 'XI' }).click();
      await page.getByRole('heading', { name: 'Stations XI…' }).waitFor();
      fitting.push(await fits(page));
      // The script asks for a reading when the page has loaded.
      const asked = options.javaScriptEnabled === false
        ? null
        : page.waitForResponse((answer) => answer.url().endsWith('/live'));
      await page.getByRole('main').getByRole('link', { name: 'Skerry Light' }).click();
      await asked;
      await look(page, name, 'svg:visible');
      fitting.push(await fits(page));
      const charts = await page.locator('svg.chart:visible').first().getAttribute('class');
      return { page, seen: { charts, fits: fitting, noReading: await page.locator('#live').isHidden() } };
    };

    const wide = await visit('station', {});
    const small = await visit('station-small', { ...devices['Pixel 7'], defaultBrowserType: undefined });
    await visit('station-dark', { colorScheme: 'dark' });
    const missing = errors.splice(0);
    const { page } = await visit('station-plain', { javaScriptEnabled: false });
    const plain = {
      heading: await page.getByRole('heading', { level: 1 }).innerText(),
      rows: await page.locator('#months tbody tr').count(),
      // By the names that a screen reader says.
      images: await page.getByRole('img', { name: /^Monthly .* at Skerry Light, / }).count(),
    };
    await page.getByRole('navigation', { name: 'Years of the table' }).getByRole('link').first().click();
    const year = new URL(page.url()).hash.slice(1);
    return { wide: wide.seen, small: small.seen, missing, plain: { ...plain, year } };
  },
};

try {
  const seen = await stories[story]();
  console.log(JSON.stringify({ ...seen, errors }));
} finally {
  await browser.close();
}

// The app on the device: it starts without a connection, and a new build of it waits for its reader.
import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WITH_WINDOWS } from './support/browser.mjs';
import { enter, openCheckout, sheet, talk } from './support/shop.mjs';
import { story as told } from './support/app.mjs';

const story = (name, body, options) =>
    told(name, body, { only: 'served', feature: WITH_WINDOWS, serviceWorkers: 'allow', timeout: 120_000, ...options });

const log = (page) => page.getByRole('log');
const offline = (page) => page.getByText(/^You’re offline/).first();

/** The worker has everything and answers this page. */
const kept = (page) => page.waitForFunction(() => navigator.serviceWorker.controller, null, { timeout: 30_000 });

async function say({ page }, peer, text) {
    const field = page.getByRole('textbox', { name: `Message ${peer}` });
    await field.fill(text);
    await field.press('Enter');
    await log(page).getByText(text, { exact: true }).waitFor();
}

story('without a connection the app starts, shows what was seen, and keeps what is written', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Otto Leather');
    const otto = await talk(world, 'otto.leather', 'Maya Torres');
    const { page } = maya;
    await kept(page);
    await world.offline('maya.torres', true);
    for (const text of ['Written in the dark', 'And once more']) {
        await page.reload();
        await page.getByRole('heading', { level: 1, name: 'Otto Leather' }).waitFor();
        await log(page).getByText('I check it too').first().waitFor();
        await offline(page).waitFor({ state: 'attached' });
        await say(maya, 'Otto Leather', text);
        await log(page).getByText('Waiting for a connection').first().waitFor();
    }
    await page.goto(world.url);
    await page.getByRole('tabpanel').getByRole('link', { name: /^Otto Leather/ }).waitFor();
    assert.equal(await log(otto.page).getByText('Written in the dark', { exact: true }).count(), 0);

    await world.offline('maya.torres', false);
    for (const text of ['Written in the dark', 'And once more']) {
        await log(otto.page).getByText(text, { exact: true }).waitFor({ timeout: 30_000 });
        assert.equal(await log(otto.page).getByText(text, { exact: true }).count(), 1);
    }
    await enter(maya, 'Otto Leather');
    await log(page).getByText('And once more', { exact: true }).waitFor();
});

story('who signs out leaves nothing to be seen without a connection', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Otto Leather');
    const { page } = maya;
    await kept(page);
    assert.ok((await texts(page, 'bottega-seen')).includes('me'), 'something was to be seen');
    await page.goto(new URL('/you', world.url).href);
    await maya.tap(page.getByRole('button', { name: 'Sign out here' }));
    await page.getByRole('heading', { level: 1, name: 'Sign in to Bottega' }).waitFor();
    assert.deepEqual(await texts(page, 'bottega-seen'), []);
    assert.deepEqual(await texts(page, 'bottega-outbox'), []);
});

/** What is kept in one of the app's databases, by key. */
const texts = (page, name) => page.evaluate(async (name) => {
    if (!(await indexedDB.databases()).some((known) => known.name === name)) return [];
    const answered = (request) => new Promise((done, failed) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => failed(request.error);
    });
    const database = await answered(indexedDB.open(name));
    try {
        return await answered(database.transaction('texts').objectStore('texts').getAllKeys());
    } finally {
        database.close();
    }
}, name);

/** Another build of the app in the place of the one that is served. */
async function anotherBuild(folder) {
    const worker = join(folder, 'service-worker.js');
    const text = await readFile(worker, 'utf8');
    await writeFile(worker, text.replace(/name: "[0-9a-f]{16}"/, 'name: "another"'));
    for (const pressed of ['br', 'gz']) await rm(`${worker}.${pressed}`, { force: true });
}

let folder;

/** A build of its own, for a story that replaces it. */
async function ownBuild() {
    folder = await mkdtemp(join(tmpdir(), 'bottega-build-'));
    await cp(process.env.BOTTEGA_APP, folder, { recursive: true });
    return folder;
}

story('a new build says so, but not during a checkout, and takes over when it may', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    const { page } = maya;
    await kept(page);
    const names = () => page.evaluate(() => caches.keys());
    const ready = page.getByText('A new version of Bottega is ready.');
    await openCheckout(maya);
    await anotherBuild(folder);
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
    await page.waitForFunction(async () => (await navigator.serviceWorker.getRegistration()).waiting);
    assert.equal(await ready.count(), 0, 'not while something is paid');
    await page.keyboard.press('Escape');
    await sheet(page).waitFor({ state: 'detached' });
    await ready.waitFor({ timeout: 30_000 });
    assert.ok((await names()).includes('bottega-another'), 'it is there already');
    await Promise.all([
        page.waitForEvent('load'),
        maya.tap(page.getByRole('button', { name: 'Reload', exact: true })),
    ]);
    await page.getByRole('heading', { level: 1, name: 'Kai Shapes' }).waitFor();
    await page.waitForFunction(async () => !(await navigator.serviceWorker.getRegistration()).waiting);
    await rm(folder, { recursive: true });
}, { app: ownBuild });

// Being told while nobody looks: offered where one waits, sealed for one browser, shown by the worker, turned off.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { WITH_WINDOWS } from './support/browser.mjs';
import { PushService } from './support/push.mjs';
import { story as told, leftOut } from './support/app.mjs';
import { talk } from './support/shop.mjs';

const service = leftOut('served') ? undefined : await PushService.start();
after(() => service?.close());

const options = { feature: WITH_WINDOWS, serviceWorkers: 'allow', scripts: service && [service.script], permissions: ['notifications'] };
const story = (name, body) => told(name, body, { only: 'served', timeout: 120_000, ...options });

const offer = (page) => page.getByRole('region', { name: 'Notifications' });
const switchOf = (page, name) => page.getByRole('button', { name, exact: true });

async function say({ page }, peer, text) {
    const field = page.getByRole('textbox', { name: `Message ${peer}` });
    await field.fill(text);
    await field.press('Enter');
    await page.getByRole('log').getByText(text, { exact: true }).waitFor();
}

/** The worker is told by the browser, as after a push of a real push service. */
async function deliver(page, data) {
    const session = await page.context().newCDPSession(page);
    const known = new Promise((done) => session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        if (registrations.length) done(registrations[0]);
    }));
    await session.send('ServiceWorker.enable');
    const { registrationId, scopeURL } = await known;
    const origin = new URL(scopeURL).origin;
    await session.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data: JSON.stringify(data) });
    await session.detach();
}

async function worker(page) {
    const [running] = page.context().serviceWorkers();
    return running ?? once(page.context(), 'serviceworker').then(([started]) => started);
}

/** What is shown, once it is what it should be: the worker takes its time. */
async function assertShown(page, expected) {
    for (let tries = 0; tries < 50 && !isDeepStrictEqual(await shown(page), expected); tries += 1) {
        await page.waitForTimeout(100);
    }
    assert.deepEqual(await shown(page), expected);
}

const shown = async (page) => (await worker(page)).evaluate(async () =>
    (await self.registration.getNotifications()).map(({ title, body, tag }) => ({ title, body, tag })));

story('who waits for an answer is asked whether to be told, is told, and goes where it leads', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Otto Leather');
    const otto = await talk(world, 'otto.leather', 'Maya Torres');
    await say(maya, 'Otto Leather', 'Is it ready?');
    await maya.tap(offer(maya.page).getByRole('button', { name: 'Notify me' }));
    await maya.page.getByText('You will be notified.').waitFor();
    await offer(maya.page).waitFor({ state: 'detached' });

    // Nobody looks at the conversation.
    await maya.page.goto(new URL('/wallet', world.url).href);
    await say(otto, 'Maya Torres', 'It is, come by');
    const { headers, ...said } = await service.next();
    assert.equal(headers['content-encoding'], 'aes128gcm');
    assert.match(headers.authorization, /^vapid t=ey/);
    assert.deepEqual({ title: said.title, body: said.body }, { title: 'Otto Leather', body: 'It is, come by' });

    // And the app is not open any more.
    await maya.page.goto('about:blank');
    await deliver(maya.page, said);
    await deliver(maya.page, { ...said, body: 'Until six' });
    await assertShown(maya.page, [{ title: 'Otto Leather', body: 'Until six', tag: said.thread }]);

    await maya.page.goto(new URL('/wallet', world.url).href);
    await maya.page.getByRole('heading', { level: 1, name: 'Wallet' }).waitFor();
    await maya.page.waitForFunction(() => navigator.serviceWorker.controller);
    await (await worker(maya.page)).evaluate(async () => {
        const [notification] = await self.registration.getNotifications();
        self.dispatchEvent(new NotificationEvent('notificationclick', { notification }));
    });
    await maya.page.getByRole('heading', { level: 1, name: 'Otto Leather' }).waitFor();
    await assertShown(maya.page, []);
});

story('who says not now is not asked again, and finds the switch among the settings', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Otto Leather');
    await say(maya, 'Otto Leather', 'Is it ready?');
    await maya.tap(offer(maya.page).getByRole('button', { name: 'Not now' }));
    await offer(maya.page).waitFor({ state: 'detached' });
    await maya.page.reload();
    await maya.page.getByRole('log').getByText('Is it ready?', { exact: true }).waitFor();
    assert.equal(await offer(maya.page).count(), 0);

    await maya.page.goto(new URL('/you', world.url).href);
    await maya.tap(switchOf(maya.page, 'Turn on notifications'));
    await maya.page.getByText('You are notified of messages and orders, also while Bottega is closed.').waitFor();
    const otto = await talk(world, 'otto.leather', 'Maya Torres');
    await say(otto, 'Maya Torres', 'Heard');
    assert.equal((await service.next()).body, 'Heard');

    await maya.tap(switchOf(maya.page, 'Turn off notifications'));
    await switchOf(maya.page, 'Turn on notifications').waitFor();
    await say(otto, 'Maya Torres', 'Unheard');
    // Twice as long as whoever is told waits.
    await maya.page.waitForTimeout(3_000);
    assert.equal(service.left, 0);
});

story('who signs out leaves nothing that was told, and is told nothing', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Otto Leather');
    const otto = await talk(world, 'otto.leather', 'Maya Torres');
    await say(maya, 'Otto Leather', 'Is it ready?');
    await maya.tap(offer(maya.page).getByRole('button', { name: 'Notify me' }));
    await offer(maya.page).waitFor({ state: 'detached' });
    await maya.page.goto(new URL('/you', world.url).href);
    await say(otto, 'Maya Torres', 'It is');
    const { headers: _, ...told } = await service.next();
    await maya.page.goto('about:blank');
    await deliver(maya.page, told);
    await assertShown(maya.page, [{ title: 'Otto Leather', body: 'It is', tag: told.thread }]);
    await maya.page.goto(new URL('/you', world.url).href);
    await maya.tap(maya.page.getByRole('button', { name: 'Sign out here' }));
    await maya.page.getByRole('heading', { level: 1, name: 'Sign in to Bottega' }).waitFor();
    await maya.page.waitForFunction(async () => (await (await navigator.serviceWorker.ready).getNotifications()).length === 0);
    await say(otto, 'Maya Torres', 'And it is late');
    await maya.page.waitForTimeout(3_000);
    assert.equal(service.left, 0);
});

// What only a server has: signing in and out, several devices of one person, one stream for all tabs of a browser.
import assert from 'node:assert/strict';
import { assertPaid, enter, openCheckout, pay, talk } from './support/shop.mjs';
import { story as told } from './support/app.mjs';

const story = (name, body) => told(name, body, { only: 'served', timeout: 120_000 });

const someone = (page, name) => page.getByRole('button', { name: new RegExp(`^${name}`) });
const mine = (page, handle) => page.getByRole('heading', { level: 1, name: handle, exact: true });
const field = (page, peer) => page.getByRole('textbox', { name: `Message ${peer}` });
const said = (page, text) => page.getByRole('log').getByText(text, { exact: true });

async function say({ page }, peer, text) {
    await field(page, peer).fill(text);
    await field(page, peer).press('Enter');
    await said(page, text).waitFor();
}

/** Nobody is signed in: the page offers whom one can be. */
async function assertSignedOut(page) {
    await page.getByRole('heading', { level: 1, name: 'Sign in to Bottega' }).waitFor();
    await someone(page, 'Maya Torres').waitFor();
}

/** The other device is signed out from the page of devices. */
async function revokeTheOther(hand) {
    await hand.page.getByRole('link', { name: 'You', exact: true }).click();
    const devices = hand.page.getByRole('region', { name: 'Where you are signed in' });
    await devices.getByText('This device').waitFor();
    const other = devices.getByRole('button', { name: /^Sign out Chrome/ });
    await hand.tap(other);
    await other.waitFor({ state: 'detached' });
    assert.equal(await devices.getByRole('listitem').count(), 1);
}

story('who is nobody yet signs in, and is where they wanted to be', async (world) => {
    const hand = await world.open(undefined, { path: '/wallet' });
    const { page } = hand;
    await assertSignedOut(page);
    await page.getByRole('heading', { name: 'Businesses' }).waitFor();
    await hand.tap(someone(page, 'Maya Torres'));
    await page.getByRole('heading', { level: 1, name: 'Wallet' }).waitFor();
    await page.getByText('1180 Neptune Ave').first().waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Wallet' }).waitFor();
    assert.deepEqual(hand.count, { taps: 1, typed: 0 });
});

story('signing out is of this browser, with all its tabs, and of no other device', async (world) => {
    const maya = await world.open('maya.torres');
    const tab = await world.open('maya.torres', { path: '/wallet' });
    const elsewhere = await world.open('maya.torres', { device: 'laptop' });
    await mine(maya.page, 'maya.torres').waitFor();
    await tab.page.getByRole('heading', { level: 1, name: 'Wallet' }).waitFor();
    await maya.page.getByRole('link', { name: 'You', exact: true }).click();
    await maya.tap(maya.page.getByRole('button', { name: 'Sign out here' }));
    for (const { page } of [maya, tab]) await assertSignedOut(page);
    await enter(elsewhere, 'Otto Leather');
    await say(elsewhere, 'Otto Leather', 'Still here');
});

story('a device that was signed out elsewhere notices by itself, and what was written there waits', async (world) => {
    const lost = await talk(world, 'maya.torres', 'Otto Leather', { device: 'phone' });
    await field(lost.page, 'Otto Leather').fill('Half a sentence');
    await revokeTheOther(await world.open('maya.torres', { device: 'laptop' }));
    await assertSignedOut(lost.page);

    await lost.tap(someone(lost.page, 'Maya Torres'));
    await lost.page.getByRole('heading', { level: 1, name: 'Otto Leather' }).waitFor();
    assert.equal(await field(lost.page, 'Otto Leather').inputValue(), 'Half a sentence');
});

story('eight tabs live from one stream, and when the one that has it is closed another takes over', async (world) => {
    const otto = await talk(world, 'otto.leather', 'Maya Torres');
    const context = await world.context('maya.torres');
    const streams = [];
    context.on('request', (request) => {
        if (new URL(request.url()).pathname === '/v1/stream') streams.push(request.frame().page());
    });
    const first = await talk(world, 'maya.torres', 'Otto Leather');
    const path = new URL(first.page.url()).pathname;
    const tabs = [first];
    while (tabs.length < 8) tabs.push(await world.open('maya.torres', { path }));
    for (const { page } of tabs) await page.getByRole('log').waitFor();
    await say(otto, 'Maya Torres', 'To all of you');
    for (const { page } of tabs) await said(page, 'To all of you').waitFor();
    assert.deepEqual(streams.map((page) => page === first.page), [true], 'one stream, of the first tab');

    await first.page.close();
    await say(otto, 'Maya Torres', 'To those who are left');
    for (const { page } of tabs.slice(1)) await said(page, 'To those who are left').waitFor({ timeout: 3_000 });
    assert.equal(streams.length, 2, 'one other tab took over');
});

story('where somebody else signs in, no tab goes on as the one before', async (world) => {
    const maya = await world.open('maya.torres');
    const tab = await talk(world, 'maya.torres', 'Otto Leather');
    await maya.tap(maya.page.getByRole('button', { name: 'Switch account' }));
    await maya.tap(maya.page.getByRole('menuitem', { name: 'Kai Shapes' }));
    await mine(maya.page, 'kai.shapes').waitFor();
    // The conversation of the two others is none of Kai's.
    await said(tab.page, 'I check it too').waitFor({ state: 'detached' });
    await tab.page.goto(world.url);
    await mine(tab.page, 'kai.shapes').waitFor();
});

story('a server that cannot be reached: it is said, nothing can be paid, and it goes on by itself', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    const { page } = maya;
    await openCheckout(maya);
    await world.offline('maya.torres', true);
    await page.getByText(/^You’re offline/).first().waitFor({ state: 'attached' });
    // Nothing is charged later.
    await pay(page).and(page.locator(':disabled')).waitFor();
    await world.offline('maya.torres', false);
    await page.getByText(/^You’re offline/).first().waitFor({ state: 'detached' });
    await maya.tap(pay(page));
    await assertPaid(page);
});

story('a server of a newer build tells what this one does not know: a reload is offered, and it is there', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    const newer = { thread: 'thr_kai', seq: 9_000, at: 0, actor: 'seller', event: { type: 'not_thought_of_yet' } };
    await world.route('**/v1/events?*', (route) =>
        route.fulfill({ contentType: 'application/json', body: JSON.stringify({ events: [newer], cursor: 9_000, more: false }) }));
    const kai = await talk(world, 'kai.shapes', 'Maya Torres');
    await say(kai, 'Maya Torres', 'Are you there?');
    await maya.page.getByText('A new version of Bottega is ready.').waitFor();
    await world.unroute('**/v1/events?*');
    await maya.tap(maya.page.getByRole('button', { name: 'Reload', exact: true }));
    await said(maya.page, 'Are you there?').waitFor();
});

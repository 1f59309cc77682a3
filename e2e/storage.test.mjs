// A browser that keeps nothing, has no room, or hands back what is damaged: it is said, and there is a way on.
import assert from 'node:assert/strict';
import { text } from 'node:stream/consumers';
import { assertPaid, enter, openCheckout, pay, sheet, talk } from './support/shop.mjs';
import { story as told } from './support/app.mjs';
import { block, damage, damageThread, full } from './support/storage.mjs';

/** What a browser does to its own store is about the API inside the page. */
const story = (name, body) => told(name, body, { only: 'embedded' });

const inbox = (page) => page.getByRole('tabpanel').getByRole('link', { name: /^Kai Shapes/ });

/** Takes out what is stored; the text of the file. */
async function exported(page) {
    const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Export what is stored' }).click(),
    ]);
    return text(await download.createReadStream());
}

async function beginAfresh(page) {
    await page.getByRole('button', { name: 'Start afresh' }).click();
    const question = sheet(page, 'Start afresh');
    await question.getByText(/is deleted, also what can still be read/).waitFor();
    await question.getByRole('button', { name: 'Start afresh' }).click();
}

story('storage that is forbidden: it says so, and offers to load anew', async (world) => {
    await block(await world.context());
    const { page } = await world.open('maya.torres');
    await page.getByRole('heading', { name: 'Bottega cannot start' }).waitFor();
    await page.getByRole('alert').getByText(/^This browser does not let Bottega keep anything/).waitFor();
    await page.getByRole('button', { name: 'Reload' }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Start afresh' }).count(), 0, 'there is nothing to begin anew');
});

story('damaged at the start: taken out as it is, and begun afresh', async (world) => {
    const { page } = await world.open('maya.torres');
    await inbox(page).waitFor();
    await damage(page, 'document/account/acc_maya.torres');
    await page.reload();
    await page.getByRole('heading', { name: 'Bottega cannot start' }).waitFor();
    await page.getByRole('alert').getByText(/^What this browser has stored for Bottega is damaged/).waitFor();
    assert.match(await exported(page), /acc_maya\.torres/);
    await beginAfresh(page);
    await inbox(page).waitFor();
});

story('a damaged conversation: the others go on, also by themselves', async (world) => {
    const maya = await world.open('maya.torres');
    const { page } = maya;
    await inbox(page).waitFor();
    await damageThread(page, 'Terra Clay Studio');
    await maya.tap(page.getByRole('tabpanel').getByRole('link', { name: /^Terra Clay Studio/ }));
    await page.getByRole('alert').getByText(/^It is damaged in this browser/).waitFor();
    assert.match(await exported(page), /state\/thr_/);
    await maya.tap(page.getByRole('link', { name: 'Back to messages' }));
    await enter(maya, 'Kai Shapes');
    await openCheckout(maya);
    await maya.tap(pay(page));
    await assertPaid(page);

    await page.goto(new URL('/orders', world.url).href);
    await page.getByRole('alert').getByText(/^A conversation is damaged in this browser/).waitFor();
    await page.getByText('Otto Leather').first().waitFor();
    await beginAfresh(page);
    await page.getByText('Terra Clay Studio').first().waitFor();
});

story('no room: what was said is kept as not sent, and sent when there is', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Otto Leather');
    const { page } = maya;
    await full(page, true);
    const field = page.getByRole('textbox', { name: 'Message Otto Leather' });
    await field.fill('Is there room for this?');
    await maya.press('Enter');
    await page.getByText(/^This browser has no room left, so nothing was sent/).waitFor();
    await page.getByRole('log').getByText(/Not sent/).waitFor();
    // Kept, though the page is loaded anew.
    await page.reload();
    await page.getByRole('log').getByText(/Not sent/).waitFor({ timeout: 20_000 });
    await maya.tap(page.getByRole('log').getByRole('button', { name: /Not sent|Try again/ }).first());
    const otto = await talk(world, 'otto.leather', 'Maya Torres');
    await otto.page.getByRole('log').getByText('Is there room for this?', { exact: true }).waitFor();
    await page.getByRole('log').getByText(/Not sent/).waitFor({ state: 'detached' });
});

story('no room: a payment is refused in words, and paid once when there is', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    const { page } = maya;
    await openCheckout(maya);
    await full(page, true);
    await maya.tap(pay(page));
    await sheet(page).getByText(/^This browser has no room left, so nothing was sent/).waitFor();
    await full(page, false);
    await maya.tap(pay(page));
    await assertPaid(page);
});

story('no room for what waits: it stays in this tab, and goes when somebody answers', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Otto Leather');
    const { page } = maya;
    const field = page.getByRole('textbox', { name: 'Message Otto Leather' });
    const say = async (text) => {
        await field.fill(text);
        await maya.press('Enter');
        await page.getByRole('log').getByText(text, { exact: true }).waitFor();
    };
    await world.offline('maya.torres', true);
    await say('This found room');
    await full(page, true, 'bottega-outbox');
    await say('And this did not');
    await page.getByText(/^This browser has no room to keep it/).waitFor();
    const otto = await talk(world, 'otto.leather', 'Maya Torres');
    await world.offline('maya.torres', false);
    await otto.page.getByRole('log').getByText('And this did not', { exact: true }).waitFor({ timeout: 40_000 });
    await page.getByText('Waiting for a connection').first().waitFor({ state: 'detached' });
    for (const text of ['This found room', 'And this did not']) {
        assert.equal(await otto.page.getByRole('log').getByText(text, { exact: true }).count(), 1);
    }
});

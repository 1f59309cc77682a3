// What people say to each other.
import assert from 'node:assert/strict';
import { enter, talk } from './support/shop.mjs';
import { story } from './support/app.mjs';
import { looksOf, photo } from './support/photo.mjs';

const field = (page, peer) => page.getByRole('textbox', { name: `Message ${peer}` });
const said = (page, text) => page.getByRole('log').getByText(text, { exact: true }).first();

async function say(hand, peer, text) {
    await field(hand.page, peer).fill(text);
    await hand.press('Enter');
    await said(hand.page, text).waitFor();
}

/** The toolbar of a message, as a mouse gets it. */
async function toolbar(hand, text) {
    await said(hand.page, text).hover();
    const bar = hand.page.getByRole('toolbar', { name: 'Message actions' });
    await bar.waitFor();
    return bar;
}

async function more(hand, text, action) {
    const bar = await toolbar(hand, text);
    await hand.tap(bar.getByRole('button', { name: 'More', exact: true }));
    await hand.tap(hand.page.getByRole('menuitem', { name: action }));
}

story('a card number that is typed is masked for both, and the other one is warned', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Otto Leather');
    const otto = await talk(world, 'otto.leather', 'Maya Torres');
    await field(maya.page, 'Otto Leather').fill('take my card, 4242 4242 4242 4242, please');
    await maya.press('Enter');
    for (const { page } of [maya, otto]) await said(page, 'take my card, •••• 4242, please').waitFor();
    for (const { page } of [maya, otto]) assert.ok(!(await page.content()).includes('4242 4242'), 'nowhere on the page');
});

story('said, seen, answered, reacted to, edited and unsent: both sides see the same', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Otto Leather');
    const otto = await talk(world, 'otto.leather', 'Maya Torres');
    await say(maya, 'Otto Leather', 'It is here, and it smells wonderful');
    await said(otto.page, 'It is here, and it smells wonderful').waitFor();
    await maya.page.getByRole('log').getByText(/^Seen/).last().waitFor();

    await said(otto.page, 'It is here, and it smells wonderful').dblclick();
    await maya.page.getByRole('log').getByText('Otto Leather reacted with ❤️').waitFor();

    await otto.tap((await toolbar(otto, 'It is here, and it smells wonderful')).getByRole('button', { name: 'Reply' }));
    await otto.page.getByText('Replying to Maya').waitFor();
    await say(otto, 'Maya Torres', 'That is the beeswax');
    await maya.page.getByRole('log').getByText('Otto replied to you').last().waitFor();

    await more(maya, 'It is here, and it smells wonderful', 'Edit');
    await field(maya.page, 'Otto Leather').fill('It is here, and it smells of bees');
    await maya.press('Enter');
    await said(otto.page, 'It is here, and it smells of bees').waitFor();
    await otto.page.getByRole('log').getByText('Edited').last().waitFor();

    await more(otto, 'That is the beeswax', 'Unsend');
    await maya.page.getByRole('log').getByText('Otto unsent a message').waitFor();
    assert.equal(await said(maya.page, 'That is the beeswax').count(), 0);
});

story('a draft stays where it was written', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Otto Leather');
    await field(maya.page, 'Otto Leather').fill('Dear Otto, I was wondering');
    await maya.page.getByRole('link', { name: 'Back to messages' }).click();
    await enter(maya, 'Kai Shapes');
    assert.equal(await field(maya.page, 'Kai Shapes').inputValue(), '');
    await maya.page.getByRole('link', { name: 'Back to messages' }).click();
    await enter(maya, 'Otto Leather');
    assert.equal(await field(maya.page, 'Otto Leather').inputValue(), 'Dear Otto, I was wondering');
    await maya.page.reload();
    await maya.page.getByRole('log').waitFor({ timeout: 20_000 });
    assert.equal(await field(maya.page, 'Otto Leather').inputValue(), 'Dear Otto, I was wondering');
});

story('an edit leaves the draft alone, and what is refused keeps its words', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Otto Leather');
    await say(maya, 'Otto Leather', 'Brown, please');
    await field(maya.page, 'Otto Leather').fill('And about the strap');
    await more(maya, 'Brown, please', 'Edit');
    assert.equal(await field(maya.page, 'Otto Leather').inputValue(), 'Brown, please');

    // A reload in the middle of an edit: the draft is there, the words of the message are not.
    await maya.page.reload();
    await maya.page.getByRole('log').waitFor({ timeout: 20_000 });
    assert.equal(await field(maya.page, 'Otto Leather').inputValue(), 'And about the strap');

    await more(maya, 'Brown, please', 'Edit');
    await field(maya.page, 'Otto Leather').fill('Black, please');
    await world.offline('maya.torres', true);
    await maya.press('Enter');
    await maya.page.getByText(/^No answer: you seem to be offline/).waitFor();
    assert.equal(await field(maya.page, 'Otto Leather').inputValue(), 'Black, please');
    await world.offline('maya.torres', false);
    await maya.press('Enter');
    await said(maya.page, 'Black, please').waitFor();
    await maya.page.waitForFunction(() => document.querySelector('textarea').value === 'And about the strap');
});

story('an answer in the middle of an edit goes on with the draft', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Otto Leather');
    await say(maya, 'Otto Leather', 'Old words');
    await field(maya.page, 'Otto Leather').fill('Half a sentence');
    await more(maya, 'Old words', 'Edit');
    await maya.tap((await toolbar(maya, 'I check it too')).getByRole('button', { name: 'Reply' }));
    await maya.page.getByText('Replying to Otto').waitFor();
    assert.equal(await field(maya.page, 'Otto Leather').inputValue(), 'Half a sentence');
});

story('what comes while nobody looks is seen when somebody looks again', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Otto Leather');
    const otto = await talk(world, 'otto.leather', 'Maya Torres');
    const look = (is) => maya.page.evaluate((is) => {
        Object.defineProperty(document, 'hidden', { configurable: true, get: () => !is });
        document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    }, is);
    await look(false);
    await say(otto, 'Maya Torres', 'Are you there?');
    await said(maya.page, 'Are you there?').waitFor();
    await maya.page.waitForFunction(() => /^\(\d+\)/.test(document.title));
    const before = await maya.page.title();
    await look(true);
    await maya.page.waitForFunction((before) => document.title !== before, before);
    await otto.page.getByRole('log').getByText(/^Seen/).last().waitFor();
});

story('a photo is made small and tells no place; one chosen offline goes later, once', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Otto Leather');
    const otto = await talk(world, 'otto.leather', 'Maya Torres');
    const chosen = maya.page.locator('footer input[type=file]');
    const arrived = otto.page.getByRole('log').getByRole('img', { name: 'Photo from Maya Torres' });
    const before = await arrived.count();
    await chosen.setInputFiles(await photo(maya.page));
    await arrived.nth(before).waitFor();
    assert.deepEqual(await looksOf(arrived.nth(before)), { width: 1280, height: 960, tells: false });

    await world.offline('maya.torres', true);
    await chosen.setInputFiles(await photo(maya.page, '#0f766e'));
    const own = maya.page.getByRole('log').getByText('Waiting for a connection');
    await own.waitFor();
    // The tab is closed and opened again before anybody answers.
    await world.reload(maya);
    await world.offline('maya.torres', false);
    await arrived.nth(before + 1).waitFor({ timeout: 30_000 });
    await own.waitFor({ state: 'detached' });
    assert.equal(await arrived.count(), before + 2);
});

story('what leads to payment elsewhere is warned of, to the one who reads it', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Otto Leather');
    const otto = await talk(world, 'otto.leather', 'Maya Torres');
    const text = 'Pay me on Venmo instead, it is cheaper for both of us';
    await say(otto, 'Maya Torres', text);
    await said(maya.page, text).waitFor();
    const warning = /^Paying outside of Bottega is not protected/;
    await maya.page.getByRole('log').getByText(warning).waitFor();
    assert.equal(await otto.page.getByRole('log').getByText(warning).count(), 0);
});

story('a link says where it leads before it is followed, and nothing said becomes markup', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Otto Leather');
    const otto = await talk(world, 'otto.leather', 'Maya Torres');
    await say(otto, 'Maya Torres', '<img src=x onerror=alert(1)> <b>bold</b>');
    await said(maya.page, '<img src=x onerror=alert(1)> <b>bold</b>').waitFor();
    await field(otto.page, 'Maya Torres').fill('the care guide: https://leather.example/care');
    await otto.press('Enter');
    const link = maya.page.getByRole('log').getByRole('link', { name: 'leather.example/care' });
    await link.waitFor();
    await maya.tap(link);
    const notice = maya.page.getByRole('dialog', { name: 'You are leaving Bottega' });
    await notice.getByRole('link', { name: 'Open leather.example' }).waitFor();
    await maya.press('Escape');
    await notice.waitFor({ state: 'detached' });
});

story('search in a conversation finds what was said and goes there', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    const { page } = maya;
    await maya.tap(page.getByRole('button', { name: 'More', exact: true }).first());
    await maya.tap(page.getByRole('menuitem', { name: 'Search in conversation' }));
    const panel = page.getByRole('region', { name: 'Search in conversation' });
    const words = panel.getByRole('searchbox');
    await words.pressSequentially('leash');
    await panel.getByRole('status').getByText(/[1-9]/).waitFor();
    assert.ok(await words.evaluate((element) => element === document.activeElement), 'typing is not interrupted');
    await maya.tap(panel.getByRole('listitem').getByRole('button').first());
    await page.getByRole('log').getByText(/leash/i).first().waitFor();
});

story('search in the inbox keeps the focus while it looks', async (world) => {
    const maya = await world.open('maya.torres');
    const search = maya.page.getByRole('searchbox', { name: 'Search' });
    await search.pressSequentially('terra', { delay: 60 });
    await maya.page.getByRole('link', { name: /^Terra Clay Studio/ }).waitFor();
    assert.equal(await search.inputValue(), 'terra');
    assert.ok(await search.evaluate((element) => element === document.activeElement));
});

story('the other is typing, and then is not', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Otto Leather');
    const otto = await talk(world, 'otto.leather', 'Maya Torres');
    await field(otto.page, 'Maya Torres').pressSequentially('hm');
    await maya.page.getByRole('status').getByText('Otto is typing').waitFor();
    await maya.page.getByRole('status').getByText('Otto is typing').waitFor({ state: 'detached' });
});

story('who has the conversation before them is here, and who does not know it is told at once', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Otto Leather');
    const here = (page) => page.locator('.thread-head').getByText('Active now', { exact: true });
    await maya.page.locator('.thread-head').getByText('Austin, TX').waitFor();
    const otto = await talk(world, 'otto.leather', 'Maya Torres');
    await here(maya.page).waitFor();
    await here(otto.page).waitFor();
    // Of another conversation nobody is told.
    const kai = await talk(world, 'kai.shapes', 'Maya Torres');
    await kai.page.getByRole('log').waitFor();
    assert.equal(await here(kai.page).count(), 0);
});

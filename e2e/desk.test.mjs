// The seller's desk, by keyboard alone: rows, filters, the palette, and many parcels at once.
import assert from 'node:assert/strict';
import { laptop, story } from './support/app.mjs';
import { deskWith, intoTheList, upsNumber } from './support/desk.mjs';
import { enter, sheet } from './support/shop.mjs';
import { saveReplies } from './support/states.mjs';

/** What has the focus, by its words. */
const focused = (page) => page.evaluate(() => document.activeElement?.innerText ?? '');

/** What the list says of whose turn it is. */
const needsMe = (page, count) => page.getByRole('tab', { name: `Needs me ${count}` });

story('a seller with 200 open orders ships 20 of them in less than 25 keys', async (world) => {
    const kai = await deskWith(world, 200);
    const { page } = kai;
    // Besides them there is an offer to be answered.
    await needsMe(page, 201).waitFor({ timeout: 20_000 });
    const numbers = Array.from({ length: 20 }, (_, n) => upsNumber(n));
    // One label was scanned twice, and one number has a typing error.
    const list = [...numbers.slice(0, 5), numbers[2], ...numbers.slice(5), `${upsNumber(77).slice(0, -1)}x`];

    kai.startCounting();
    await kai.press('Control+k');
    await page.getByRole('option', { name: 'Mark orders shipped by their numbers', selected: true }).waitFor();
    await kai.press('Enter');
    const dialog = sheet(page, 'Mark as shipped');
    await dialog.getByText(/^Next: /).waitFor({ timeout: 40_000 });
    await page.keyboard.insertText(`${list.join('\n')}\n`);
    kai.keys += 1;
    const report = dialog.getByRole('list', { name: 'What the lines come to' });
    await dialog.getByText('20 ready, 2 to look at.').waitFor();
    assert.equal(await report.getByRole('listitem').count(), 22);
    assert.equal(await report.getByRole('listitem').filter({ hasText: 'UPS' }).count(), 20);
    await report.getByRole('listitem').filter({ hasText: 'This number stands in line 3 already.' }).waitFor();
    await kai.press('Control+Enter');
    await dialog.getByText('20 marked as shipped.').waitFor({ timeout: 40_000 });
    // What was refused stays, with its order; nothing else does, so nothing is sent twice.
    const left = (await dialog.getByLabel('Tracking numbers').inputValue()).split('\n');
    assert.equal(left.length, 2);
    await kai.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    assert.ok(kai.keys < 25 && kai.taps === 0, `${kai.keys} keys, ${kai.taps} taps`);

    await needsMe(page, 181).waitFor();
    await page.getByRole('searchbox', { name: 'Search orders' }).fill(numbers[19]);
    await page.getByRole('tab', { name: 'Waiting 1', exact: true }).click();
    const found = page.getByRole('tabpanel').getByRole('listitem').filter({ hasText: /K-\d+/ });
    await found.filter({ hasText: 'Noah Reid' }).waitFor({ state: 'detached' });
    assert.equal(await found.count(), 1, 'each number went to one order');
    // To a server its 200 orders are asked for and paid one by one, which takes longer than the story.
}, { viewport: laptop, timeout: 120_000, only: 'embedded' });

story('letters move, ship and answer in the list, and the focus stays where one was', async (world) => {
    const kai = await world.open('kai.shapes', { path: '/orders' });
    const { page } = kai;
    await page.getByRole('tabpanel').getByText('Omar Haddad').first().waitFor();
    await intoTheList(kai);
    assert.match(await focused(page), /Omar Haddad/);
    await kai.press('j');
    assert.match(await focused(page), /Inês Duarte/);
    await kai.press('k');
    await kai.press('?');
    await sheet(page, 'Keyboard').waitFor();
    await kai.press('Escape');
    await sheet(page, 'Keyboard').waitFor({ state: 'detached' });
    assert.match(await focused(page), /Omar Haddad/, 'back where it was');

    await kai.press('s');
    const parcel = sheet(page, 'Mark shipped');
    await parcel.getByLabel('Tracking number').fill(upsNumber(1));
    await parcel.getByRole('button', { name: 'Mark shipped' }).press('Enter');
    await parcel.waitFor({ state: 'detached' });
    await page.getByRole('tabpanel').getByText('Omar Haddad').waitFor({ state: 'detached' });
    await page.waitForFunction(() => document.activeElement?.innerText.includes('Inês Duarte'));

    await kai.press('/');
    await page.keyboard.type('simmons');
    await page.getByRole('tabpanel').getByText('Inês Duarte').waitFor({ state: 'detached' });
    await kai.press('s');
    assert.equal(await page.getByRole('dialog').count(), 0, 'a letter in a field is a letter');
    await kai.press('Backspace');
    await page.getByRole('tabpanel').getByText('Leo Berg').waitFor();
    await kai.press('ArrowDown');
    assert.match(await focused(page), /Leo Berg/);
    await kai.press('r');
    await page.getByRole('heading', { level: 1, name: 'Leo Berg' }).waitFor();
    await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'message');
    await page.goBack();
    await page.getByRole('tabpanel').getByText('Leo Berg').waitFor();
    assert.equal(await page.getByRole('searchbox', { name: 'Search orders' }).inputValue(), 'simmons');
}, { viewport: laptop });

story('what the queue is narrowed down to stands in the address, and Back undoes it', async (world) => {
    const { page } = await world.open('kai.shapes', { path: '/orders' });
    const list = page.getByRole('tabpanel');
    const kind = (name) => page.getByRole('group', { name: 'Kind' }).getByRole('button', { name });
    await list.getByText('Inês Duarte').waitFor();
    await kind('To ship').click();
    await list.getByText('Inês Duarte').waitFor({ state: 'detached' });
    await list.getByText('Omar Haddad').waitFor();
    await kind('Cases').click();
    await page.getByText('No cases here. Nobody is arguing.').waitFor();
    await page.getByRole('tab', { name: /^Waiting/ }).click();
    assert.match(page.url(), /kind=case/);
    assert.match(page.url(), /turn=waiting/);
    await page.goBack();
    await page.goBack();
    await list.getByText('Omar Haddad').waitFor();
    assert.equal(await kind('To ship').getAttribute('aria-pressed'), 'true');
    await list.getByRole('button', { name: /^Leo Berg/ }).click();
    await page.getByRole('region', { name: /^Order / }).waitFor();
    assert.match(page.url(), /kind=to_ship/, 'an order is opened over the same list');
    await page.reload();
    await page.getByRole('region', { name: /^Order / }).waitFor();
    await kind('All').click();
    await list.getByText('Inês Duarte').waitFor();
}, { viewport: laptop });

story('the palette goes to pages, conversations and orders, for a seller and for a buyer', async (world) => {
    const kai = await world.open('kai.shapes');
    const { page } = kai;
    await page.getByRole('tabpanel').getByRole('link', { name: /^Omar Haddad/ }).waitFor();
    await kai.press('Control+k');
    const field = page.getByRole('combobox', { name: 'Search pages, orders, conversations and deeds' });
    await field.waitFor();
    await page.keyboard.type('omar');
    await page.getByRole('option', { name: /^K-2033 · Omar Haddad/ }).waitFor();
    const ship = page.getByRole('option', { name: 'Mark K-2033 shipped' });
    await kai.press('ArrowUp');
    assert.equal(await ship.getAttribute('aria-selected'), 'true', 'from the first to the last');
    assert.equal(await field.getAttribute('aria-activedescendant'), await ship.getAttribute('id'));
    await kai.press('Enter');
    await sheet(page, 'Mark shipped').waitFor();
    await kai.press('Control+k');
    assert.equal(await field.count(), 0, 'nobody is taken out of the middle of something');
    await page.close();

    const maya = await world.open('maya.torres');
    await maya.page.getByRole('tabpanel').getByRole('link', { name: /^Kai Shapes/ }).waitFor();
    const open = maya.page.getByRole('button', { name: 'Go to or do' });
    await open.click();
    await maya.page.getByRole('combobox').waitFor();
    assert.equal(await maya.page.getByRole('option', { name: /shipped/ }).count(), 0);
    await maya.press('Escape');
    await maya.page.getByRole('combobox').waitFor({ state: 'detached' });
    assert.ok(await open.evaluate((button) => button === document.activeElement), 'the button has the focus again');
    await maya.press('Control+k');
    await maya.page.keyboard.type('wal');
    await maya.press('Enter');
    await maya.page.getByRole('heading', { level: 1, name: 'Wallet' }).waitFor();
}, { viewport: { width: 390, height: 844 } });

story('slips and labels of the chosen orders are printed, a page each', async (world) => {
    const kai = await world.open('kai.shapes', { path: '/orders' });
    const { page } = kai;
    await page.evaluate(() => { window.print = () => {}; });
    for (const name of ['Omar Haddad', 'Leo Berg']) {
        await page.getByRole('checkbox', { name: `Select the order of ${name}` }).check();
    }
    for (const [button, paper, width, height] of [['Slips', 'slip', 612, 792], ['Labels', 'label', 288, 432]]) {
        await page.getByRole('button', { name: button, exact: true }).click();
        const printed = page.locator('[data-print]').getByText(/228 S Ash St/);
        await printed.waitFor({ state: 'attached' });
        const pdf = await page.pdf({ preferCSSPageSize: true, path: `target/stories/${paper}.pdf` });
        const boxes = [...pdf.toString('latin1').matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)];
        const sizes = boxes.map(([, across, down]) => [Math.round(across), Math.round(down)]);
        assert.deepEqual(sizes, [[width, height], [width, height]], `two pages of ${paper}s`);
        await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
        await printed.waitFor({ state: 'detached' });
    }
}, { viewport: laptop });

story('a slash offers saved replies, filled in from the conversation', async (world) => {
    const kai = await world.open('kai.shapes', { path: '/you?panel=replies' });
    const { page } = kai;
    const long = 'Rinse it with fresh water.';
    await saveReplies(page, [['Shipped', 'Hi {name}, {order} with your {item} leaves today. {tracking}'], ['care', long]]);
    await page.goto(new URL('/', world.url).href);
    await enter(kai, 'Leo Berg');
    const field = page.getByRole('textbox', { name: 'Message Leo Berg' });
    await field.focus();
    await page.keyboard.type('/');
    const shipped = page.getByRole('option', { name: /^\/shipped/ });
    await shipped.waitFor();
    assert.equal(await shipped.getAttribute('aria-selected'), 'true');
    await kai.press('ArrowDown');
    assert.equal(await page.getByRole('option', { name: /^\/care/ }).getAttribute('aria-selected'), 'true');
    await kai.press('Escape');
    await shipped.waitFor({ state: 'detached' });
    assert.equal(await field.inputValue(), '/', 'the slash is a letter now');
    await page.keyboard.type('shi');
    await shipped.waitFor();
    await kai.press('Tab');
    // There is no parcel yet: its place stays for whoever sends it to see.
    const text = 'Hi Leo, K-2035 with your Mini simmons 5\'4" leaves today. {tracking}';
    assert.equal(await field.inputValue(), text);
    await field.fill('/care');
    await page.getByRole('option', { name: /^\/care/ }).waitFor();
    await kai.press('Enter');
    assert.equal(await field.inputValue(), long);
    await kai.press('Enter');
    await page.getByRole('log').getByText(long, { exact: true }).waitFor();
}, { viewport: laptop });

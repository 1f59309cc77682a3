// The money of a business: a month as a statement, the same for programs, and where it is paid.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cents, eventually, openFirstCheckout, opened, tapAndGone } from './support/at_paypal.mjs';
import { Clock } from './support/clock.mjs';
import { assertPaid, order, paid, pay, talk } from './support/shop.mjs';
import { story } from './support/app.mjs';

/** What a button gives to keep, as text. */
async function downloaded(page, name) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
    const folder = await mkdtemp(join(tmpdir(), 'bottega-'));
    try {
        await download.saveAs(join(folder, 'table.csv'));
        const text = await readFile(join(folder, 'table.csv'), 'utf8');
        return { name: download.suggestedFilename(), rows: text.trim().split('\n') };
    } finally {
        await rm(folder, { recursive: true });
    }
}

/** A figure of the statement. */
const figure = (page, name) =>
    page.getByRole('region', { name: 'Statement' }).locator('dl > div').filter({ hasText: name }).locator('dd');

story('a seller reads what a month came to, and takes it along as tables', async (world) => {
    const { page } = await world.open('kai.shapes', { path: '/you?panel=money' });
    const sold = async () => cents(await figure(page, /^Sold/).innerText());
    const before = await sold();
    const maya = await paid(world);
    const number = (await order(maya.page).getAttribute('aria-label')).match(/[A-Z]+-\d+/)[0];
    const clock = await Clock.open(world);
    await clock.fiveMinutes();
    await page.goto(new URL('/orders', world.url).href);
    await page.getByRole('link', { name: 'Statements' }).click();
    await page.getByRole('heading', { level: 1, name: 'Money' }).waitFor();
    assert.equal(await sold(), before + 41_200);
    const row = page.getByRole('row').filter({ hasText: number });
    await row.getByText('Sale').waitFor();

    const table = await downloaded(page, 'Table (CSV)');
    assert.match(table.name, /^bottega-\d{4}-\d{2}\.csv$/);
    assert.equal(table.rows[0], 'time,order,movement,amount,change_of_balance,currency');
    assert.ok(table.rows.some((line) => line.endsWith(`,${number},sale,412.00,412.00,USD`)), table.rows.join('\n'));
    const postings = await downloaded(page, 'For an accountant (CSV)');
    assert.match(postings.name, /-postings\.csv$/);
    const sale = postings.rows.find((line) => line.includes(`,${number},pay_`) && line.includes(',buyer,held,412.00,USD,'));
    assert.ok(sale, postings.rows.join('\n'));

    // An older month is there to be chosen, and says something else.
    const months = await page.getByLabel('Month').locator('option').allInnerTexts();
    assert.ok(months.length >= 2, months.join(', '));
    await page.getByLabel('Month').selectOption({ label: months.at(-1) });
    await row.waitFor({ state: 'detached' });
    await figure(page, /^Sold/).waitFor();
});

story('a business says where it is paid, and is paid there from then on', async (world) => {
    const { page } = await world.open('kai.shapes', { path: '/you?panel=money' });
    await page.getByText(/^Once a day what the processor reports/).waitFor();
    const form = page.getByRole('form', { name: 'Where you are paid' });
    await form.getByLabel(/^E-mail or merchant number/).fill('nobody');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText(/^That is no PayPal account/).waitFor();
    await form.getByLabel(/^E-mail or merchant number/).fill('kai@example.com');
    await form.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    await page.reload();
    const kept = page.getByLabel(/^E-mail or merchant number/);
    await eventually(() => kept.inputValue(), 'kai@example.com', 'it is kept');
    await page.goto(new URL('/you?panel=team', world.url).href);
    await page.getByText(/changed where you are paid/).waitFor();

    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    await openFirstCheckout(maya);
    const window = await opened(maya, () => maya.tap(pay(maya.page)));
    await tapAndGone(window, 'Pay with balance');
    await assertPaid(maya.page);
    const { orders } = await world.paypal.books();
    assert.equal(orders.at(-1).purchase_units[0].payee.email_address, 'kai@example.com');
}, { only: 'served', host: 'localhost', paypal: true, timeout: 120_000 });

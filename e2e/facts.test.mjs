// How a business keeps its word: read before paying, with the sums behind it, and counted again from its own export.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Clock } from './support/clock.mjs';
import { paid, request, ship, talk } from './support/shop.mjs';
import { laptop, story } from './support/app.mjs';

const script = new URL('../docs/facts.py', import.meta.url).pathname;

/** The table of facts that is on the page. */
const table = (page) => page.getByRole('region', { name: 'How orders went' });

/** A figure of it, with the sums behind it. */
async function figure(page, name) {
    const row = table(page).getByRole('listitem').filter({ hasText: name });
    await row.locator('summary').click();
    await row.locator('details[open] p').first().waitFor();
    return { figure: await row.locator('summary b').innerText(), sums: await row.locator('p').allInnerTexts() };
}

/** What a button of "Your data" gives to keep, and what `use` makes of the file. */
async function taken(page, name, use) {
    const data = page.getByRole('region', { name: 'Your data' });
    const [download] = await Promise.all([
        page.waitForEvent('download', { timeout: 30_000 }),
        data.getByRole('button', { name }).click(),
    ]);
    await data.getByText(/^Done: \d+ conversations?\./).waitFor();
    const folder = await mkdtemp(join(tmpdir(), 'bottega-'));
    try {
        const file = join(folder, download.suggestedFilename());
        await download.saveAs(file);
        return await use(file);
    } finally {
        await rm(folder, { recursive: true });
    }
}

/** What the script counts from a file; nothing, where there is no python3. */
async function counted(file) {
    try {
        return (await promisify(execFile)('python3', [script, file])).stdout;
    } catch (error) {
        if (error.code === 'ENOENT') return undefined;
        throw error;
    }
}

story('a buyer reads before paying how orders went, and what the figures are made of', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    const line = request(maya.page).getByRole('button', { name: /shipped on time/ });
    const [, kept, all] = (await line.innerText()).match(/(\d+) of (\d+) shipped on time/);
    await maya.tap(line);
    const shipped = await figure(maya.page, 'Shipped on time');
    assert.equal(shipped.figure, `${kept} of ${all}`);
    assert.match(shipped.sums.join(' '), new RegExp(`On time: ${kept}\\. Late: ${all - kept}\\.`));
    assert.match((await figure(maya.page, 'Replies in')).sums.join(' '), /The middle one of \d+ answers/);
}, { viewport: laptop });

story('what is shipped counts, and the export of the seller comes to the same figures', async (world) => {
    await paid(world);
    const kai = await talk(world, 'kai.shapes', 'Maya Torres');
    await (await Clock.open(world)).fiveMinutes();
    const field = kai.page.getByRole('textbox', { name: 'Message Maya Torres' });
    await field.fill('It leaves today.');
    await field.press('Enter');
    await ship(kai, '1Z5R89390357567127');

    await kai.page.goto(new URL('/you', world.url).href);
    const shipped = await figure(kai.page, 'Shipped on time');
    const helped = await figure(kai.page, 'Asked for help');
    const { text, said } = await taken(kai.page, 'Everything (JSON)', async (file) => ({
        text: await readFile(file, 'utf8'),
        said: await counted(file),
    }));
    const everything = JSON.parse(text);
    assert.equal(everything.account.handle, 'kai.shapes');
    assert.ok(everything.conversations.some(({ rows }) => JSON.stringify(rows).includes('It leaves today.')));
    assert.ok(!text.includes('"hint"'), 'with what a buyer pays is not told to the seller');
    if (said !== undefined) {
        assert.match(said, new RegExp(`^Shipped on time: ${shipped.figure}$`, 'm'));
        assert.match(said, new RegExp(`^Asked for help: ${helped.figure} - `, 'm'));
    }

    const rows = await taken(kai.page, 'Orders and payments (CSV)', (file) => readFile(file, 'utf8'));
    assert.match(rows, /^time,payment,request,order,side,with,amount,currency,/);
    assert.match(rows, /,seller,Maya Torres,412\.00,USD,captured,0\.00,shipped,/);
}, { viewport: laptop });

story('a business of few orders is new, and says so instead of figures', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Terra Clay Studio', { viewport: laptop });
    await maya.page.goto(`${maya.page.url()}?panel=about`);
    await table(maya.page).getByText(/^New on Bottega: /).waitFor();
    assert.equal(await table(maya.page).getByRole('listitem').count(), 0);
});

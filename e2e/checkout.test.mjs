// Paying, counted in taps.
import assert from 'node:assert/strict';
import { assertPaid, enter, openCheckout, order, pay, request, samsHome, sellToNewcomer, sheet, talk } from './support/shop.mjs';
import { story } from './support/app.mjs';

story('a returning buyer pays in 2 taps and types nothing', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    await maya.tap(request(maya.page).getByRole('button', { name: 'Pay', exact: true }));
    await maya.tap(pay(maya.page, '412\\.00'));
    await assertPaid(maya.page);
    assert.deepEqual(maya.count, { taps: 2, typed: 0 });
});

story('a sheet that does not load can be left and asked for again', async (world) => {
    const part = '**/split_panels.wasm';
    await world.route(part, (route) => route.abort());
    world.allow(/split_panels|Failed to fetch/);
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    const ask = () => maya.tap(request(maya.page).getByRole('button', { name: 'Pay', exact: true }));
    const missing = maya.page.getByText(/did not load/);
    await ask();
    await missing.waitFor();
    await maya.tap(maya.page.getByRole('button', { name: 'Close' }));
    await missing.waitFor({ state: 'detached' });

    await ask();
    await missing.waitFor();
    await world.unroute(part);
    await maya.tap(maya.page.getByRole('button', { name: 'Try again' }));
    await pay(maya.page, '412\\.00').waitFor();
});

story('a first purchase takes 4 taps, one screen and at most 8 fields', async (world) => {
    await sellToNewcomer(world);
    const sam = await world.open('sam.park');
    const { page } = sam;
    await enter(sam, 'Kai Shapes');
    sam.startCounting();

    await sam.tap(request(page).getByRole('button', { name: 'Pay', exact: true }));
    const dialog = sheet(page);
    await dialog.getByLabel('Full name').waitFor();
    const here = page.url();
    const fields = await dialog.getByRole('textbox').or(dialog.getByRole('combobox')).filter({ visible: true }).all();
    const radios = await dialog.getByRole('radiogroup').count();
    assert.ok(fields.length + radios <= 8, `${fields.length} fields`);
    for (const field of fields) {
        assert.ok(await field.getAttribute('autocomplete'), `${await field.getAttribute('name')} can be autofilled`);
    }
    await sam.autofill(samsHome);
    // Meta Pay is proposed; the fourth tap would be for another method.
    assert.equal(page.url(), here, 'one screen');
    await sam.tap(pay(page));
    await assertPaid(page);
    assert.ok(sam.taps <= 4, `${sam.taps} taps`);
    assert.equal(sam.typed, 0);
});

story('an address that cannot be is refused beside the field, and the focus goes to what is wrong', async (world) => {
    await sellToNewcomer(world);
    const sam = await world.open('sam.park');
    const { page } = sam;
    await enter(sam, 'Kai Shapes');
    await sam.tap(request(page).getByRole('button', { name: 'Pay', exact: true }));
    const dialog = sheet(page);
    await dialog.getByLabel('Full name').fill('Sam Park');
    await dialog.getByLabel('Street address').fill('402 Filbert St');
    await dialog.getByLabel('City').fill('Half Moon Bay');
    await dialog.getByLabel('State').fill('CA');
    await dialog.getByLabel('ZIP code').fill('10001');
    await sam.tap(pay(page));
    const wrong = dialog.getByRole('link', { name: '10001 is in New York. Check the ZIP code or the state.' });
    await sam.tap(wrong);
    assert.equal(await page.evaluate(() => document.activeElement.name), 'zip');
    await dialog.getByLabel('ZIP code').fill('94019');
    await sam.tap(pay(page));
    await assertPaid(page);
});

story('before paying the sheet says everything that follows from it', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    await openCheckout(maya);
    const dialog = sheet(maya.page);
    for (const words of ['$380.00', '−$20.00', '$20.50', '$31.50', '$412.00', /^Processed by PayPal/]) {
        await dialog.getByText(words, { exact: typeof words === 'string' }).first().waitFor();
    }
    await maya.tap(dialog.getByText('Late, lost or not as described?'));
    for (const words of [/^Changed your mind\?/, /^Late\?/, /^Lost\?/, /^Not as described\?/]) {
        await dialog.getByText(words).waitFor();
    }
    await maya.tap(dialog.getByRole('button', { name: 'Close checkout' }));
    await sheet(maya.page).waitFor({ state: 'detached' });
    await request(maya.page, 'open').waitFor();
    assert.equal(await order(maya.page).count(), 0);
});

story('the wallet is called what its server calls it', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    await openCheckout(maya);
    await sheet(maya.page).getByRole('button', { name: /^Pay with.*Casa & “Uno” ·· 4242/ }).waitFor();
    await maya.tap(pay(maya.page));
    await assertPaid(maya.page);
    await maya.page.goto(new URL('/wallet', world.url).href);
    await maya.page.getByText('Casa & “Uno” ·· 4242').first().waitFor();
}, { only: 'served', environment: { BOTTEGA_WALLET_LABEL: 'Casa & “Uno”' } });

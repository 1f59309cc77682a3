// Accounts of one's own, on a server that is no demo: made with a passkey, opened with it, recovered without it.
import assert from 'node:assert/strict';
import { assertPaid, enter, openCheckout, orders, pay, request, sheet } from './support/shop.mjs';
import { button, mine, nina, prints, say, signUp, visit, you } from './support/accounts.mjs';
import { story as told } from './support/app.mjs';
import { withPasskey } from './support/passkey.mjs';

const story = (name, body) =>
    told(name, body, { only: 'served', host: 'localhost', demo: false, timeout: 120_000 });

/** Recovery codes, as they are shown once. */
async function newCodes(hand) {
    await hand.tap(you(hand.page));
    await hand.tap(button(hand.page, 'Make new codes'));
    const shown = hand.page.getByRole('group', { name: 'Your new recovery codes' });
    await hand.page.getByText('10 are left.').waitFor();
    await shown.getByRole('listitem').nth(9).waitFor();
    const codes = await shown.getByRole('listitem').allInnerTexts();
    await hand.tap(button(shown, 'I have kept them'));
    assert.equal(codes.length, 10);
    return codes;
}

story('a business and a person make accounts, find each other, talk, and one buys', async (world) => {
    const seller = await signUp(world, prints);
    const buyer = await signUp(world, nina);
    await buyer.page.getByRole('searchbox').fill('vale prints');
    await buyer.tap(buyer.page.getByRole('button', { name: /^Vale Prints/ }));
    await buyer.page.getByRole('heading', { level: 1, name: 'Vale Prints' }).waitFor();
    await say(buyer, 'Vale Prints', 'Is the blue one still there?');

    const { page } = seller;
    await page.getByRole('tab', { name: /^Requests/ }).click();
    await page.getByRole('tabpanel').getByRole('link', { name: /^Nina Vale/ }).click();
    await page.getByRole('button', { name: 'Accept' }).click();
    await say(seller, 'Nina Vale', 'One is');
    await page.getByRole('button', { name: 'New payment request' }).click();
    const editor = page.getByRole('form', { name: 'New payment request' });
    const said = editor.getByLabel('Say it and it fills in');
    await said.fill('2 blue prints, 40 each, shipping 5');
    await said.press('Enter');
    await editor.getByText(/filled in$/).waitFor();
    await editor.getByRole('button', { name: 'Send request' }).click();
    await editor.waitFor({ state: 'detached' });

    await buyer.tap(request(buyer.page).getByRole('button', { name: 'Pay', exact: true }));
    const dialog = sheet(buyer.page);
    await dialog.getByLabel('Full name').fill('Nina Vale');
    await dialog.getByLabel('Street address').fill('402 N Wells St');
    await dialog.getByLabel('ZIP').fill('60654');
    await dialog.getByLabel('City').fill('Chicago');
    await buyer.tap(pay(buyer.page));
    await assertPaid(buyer.page);
    await page.getByRole('article', { name: /^Order VP-/ }).waitFor();
});

story('a passkey signs in on another device, by a button', async (world) => {
    const here = await signUp(world, nina);
    // Without suggestions: the authenticator of this test would take the first one before the button is tapped.
    await (await world.context(undefined, 'laptop')).addInitScript(() => {
        if (globalThis.PublicKeyCredential) PublicKeyCredential.isConditionalMediationAvailable = async () => false;
    });
    const there = await visit(world, 'laptop', { credentials: await here.keys.credentials() });
    await there.tap(button(there.page, 'Sign in with a passkey'));
    await mine(there.page, nina.handle).waitFor();

    await here.tap(you(here.page));
    const devices = here.page.getByRole('region', { name: 'Where you are signed in' });
    await devices.getByRole('button', { name: /^Sign out Chrome/ }).waitFor();
});

story('a passkey signs in among the suggestions of the field, without a tap', async (world) => {
    const here = await signUp(world, nina);
    const there = await visit(world, 'laptop', { credentials: await here.keys.credentials() });
    // The authenticator of this test takes the first suggestion by itself.
    await there.page.reload();
    await mine(there.page, nina.handle).waitFor();
});

story('a passkey that is not used signs nobody in, and it is said', async (world) => {
    const here = await signUp(world, nina);
    const there = await visit(world, 'laptop', { credentials: await here.keys.credentials(), verified: false });
    await there.tap(button(there.page, 'Sign in with a passkey'));
    await there.page.getByText('The passkey was not used. Try again.').waitFor();
    await there.keys.setVerified(true);
    await there.tap(button(there.page, 'Sign in with a passkey'));
    await mine(there.page, nina.handle).waitFor();
});

story('a handle that somebody has, and what cannot be one, is said beside the field', async (world) => {
    await signUp(world, nina);
    const { page, tap } = await visit(world, 'another');
    await tap(button(page, 'Create an account'));
    const form = page.getByRole('form', { name: 'Create an account' });
    await tap(button(form, 'Create with a passkey'));
    await form.getByText('Enter a name of at most 80 characters.').waitFor();
    await form.getByLabel('Your name').fill('Nina Other');
    await form.getByLabel('Handle').fill('Nina Vale');
    await form.getByLabel('City').fill('Chicago');
    await form.getByLabel('State').fill('IL');
    await form.getByText('3 to 30 letters, digits, single dots and underscores.').waitFor();
    await form.getByLabel('Handle').fill('@Nina.Vale');
    await tap(button(form, 'Create with a passkey'));
    await form.getByText('Somebody else has this handle. Choose another.').waitFor();
    await form.getByLabel('Handle').fill('nina.other');
    await tap(button(form, 'Create with a passkey'));
    await mine(page, 'nina.other').waitFor();
});

story('who has lost everything comes back with a code, and is signed out elsewhere', async (world) => {
    const lost = await signUp(world, nina);
    const [code] = await newCodes(lost);
    await lost.keys.remove();
    const found = await visit(world, 'new phone');
    const { page } = found;
    await found.tap(button(page, 'Use a recovery code'));
    await page.getByLabel('Your handle').fill('nina.vale');
    await page.getByRole('textbox', { name: 'Recovery code' }).fill('0000-0000-0000-0000');
    await found.tap(button(page, 'Sign in with this code'));
    await page.getByText('This is no recovery code of this account.').waitFor();
    await page.getByRole('textbox', { name: 'Recovery code' }).fill(code.toLowerCase());
    await found.tap(button(page, 'Sign in with this code'));
    await found.tap(button(page, 'Add a passkey to this device'));
    await mine(page, nina.handle).waitFor();
    assert.equal((await found.keys.credentials()).length, 1);
    await lost.page.getByRole('heading', { level: 1, name: 'Sign in to Bottega' }).waitFor();

    await found.tap(you(page));
    await page.getByText('9 are left.').waitFor();
    assert.equal(await page.getByRole('region', { name: 'Passkeys' }).getByRole('listitem').count(), 2);
});

story('a passkey is named and removed, but not the only way in', async (world) => {
    const hand = await signUp(world, nina);
    const { page } = hand;
    await hand.tap(you(page));
    const passkeys = page.getByRole('region', { name: 'Passkeys' });
    await hand.tap(passkeys.getByRole('button', { name: /^Rename Chrome/ }));
    await passkeys.getByLabel('Name of the passkey').fill('My phone');
    await hand.tap(button(passkeys, 'Save'));
    await hand.tap(button(passkeys, 'Remove My phone'));
    await passkeys.getByText('This is the only way in. Make recovery codes first.').waitFor();
    await newCodes(hand);
    await hand.tap(button(passkeys, 'Remove My phone'));
    await passkeys.getByText(/^You have none yet/).waitFor();
});

told('a large sum is paid by who proves once more who they are', async (world) => {
    const maya = await world.open('maya.torres', { path: '/you' });
    const { page } = maya;
    const keys = await withPasskey(page);
    await maya.tap(button(page, 'Add a passkey'));
    await page.getByRole('button', { name: /^Rename Chrome/ }).waitFor();
    await page.getByRole('link', { name: /^Messages/ }).click();
    await enter(maya, 'Kai Shapes');
    await openCheckout(maya);
    await keys.setVerified(false);
    await maya.tap(pay(page));
    await sheet(page).getByText('The passkey was not used, so nothing was paid. Try again.').waitFor();
    assert.equal(await orders(page).count(), 0);
    await keys.setVerified(true);
    await maya.tap(pay(page));
    await assertPaid(page);
}, { only: 'served', host: 'localhost' });

// Accounts of one's own, as stories make them: in a browser with an authenticator.
import { withPasskey } from './passkey.mjs';

export const nina = { name: 'Nina Vale', handle: 'nina.vale', city: 'Chicago', state: 'Illinois' };
export const prints = { name: 'Vale Prints', handle: 'vale.prints', city: 'Portland', state: 'OR', prefix: 'VP' };

export const mine = (page, handle) => page.getByRole('heading', { level: 1, name: handle, exact: true });
export const button = (page, name) => page.getByRole('button', { name, exact: true });
export const you = (page) => page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'You', exact: true });

/** The page of a new browser, with an authenticator. */
export async function visit(world, device, options) {
    const hand = await world.open(undefined, { device });
    await hand.page.getByRole('heading', { level: 1, name: 'Sign in to Bottega' }).waitFor();
    return { ...hand, page: hand.page, tap: hand.tap.bind(hand), keys: await withPasskey(hand.page, options) };
}

export async function signUp(world, { name, handle, city, state, prefix }) {
    const hand = await visit(world, handle);
    const { page } = hand;
    await hand.tap(button(page, 'Create an account'));
    const form = page.getByRole('form', { name: 'Create an account' });
    if (prefix) await hand.tap(button(form, 'For a business'));
    await form.getByLabel(prefix ? 'Name of the business' : 'Your name').fill(name);
    await form.getByLabel('Handle').fill(handle);
    await form.getByLabel('City').fill(city);
    await form.getByLabel('State').fill(state);
    if (prefix) await form.getByLabel('Start of order numbers').fill(prefix);
    await hand.tap(button(form, 'Create with a passkey'));
    await mine(page, handle).waitFor();
    return hand;
}

export async function say({ page }, peer, text) {
    const field = page.getByRole('textbox', { name: `Message ${peer}` });
    await field.fill(text);
    await field.press('Enter');
    await page.getByRole('log').getByText(text, { exact: true }).waitFor();
}

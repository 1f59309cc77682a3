// What stories look for on the screen, by role and name.

/** A tab of `handle` in the conversation with `peer`, as somebody gets there: from the inbox. */
export async function talk(world, handle, peer, options = {}) {
    const hand = await world.open(handle, options);
    await enter(hand, peer);
    hand.startCounting();
    return hand;
}

/** From the inbox into the conversation with `peer`. */
export async function enter(hand, peer) {
    await hand.tap(hand.page.getByRole('tabpanel').getByRole('link', { name: new RegExp(`^${peer}`) }));
    await hand.page.getByRole('heading', { level: 1, name: peer }).waitFor();
    await hand.page.getByRole('log').waitFor();
}

/** The newest payment request that is in that state. */
export function request(page, state = 'open') {
    return page.getByRole('article', { name: new RegExp(`^Payment request, .*, ${state}$`) }).last();
}

/** The cards of orders in the conversation, but for the one that Maya got from Kai in September. */
export function orders(page) {
    return page.getByRole('article', { name: /^Order (?!K-2031\b)/ });
}

/** The newest order in the conversation. */
export function order(page) {
    return orders(page).last();
}

/** A sheet, by its title. */
export function sheet(page, name = 'Checkout') {
    return page.getByRole('dialog', { name });
}

/** The one button of checkout, whatever the amount. */
export function pay(page, amount = '.*') {
    return sheet(page).getByRole('button', { name: new RegExp(`^Pay \\$${amount}$`) });
}

/** Opens checkout from the card and waits for the wallet. */
export async function openCheckout(hand) {
    await hand.tap(request(hand.page).getByRole('button', { name: /^(Pay|Try again)$/ }));
    await pay(hand.page).waitFor();
    await sheet(hand.page).getByRole('button', { name: /^Pay with/ }).waitFor();
}

/** Chooses what to pay with, among the saved and the new ones. */
export async function choose(hand, method) {
    const dialog = sheet(hand.page);
    const row = dialog.getByRole('button', { name: /^Pay with/ });
    if (await row.getAttribute('aria-expanded') !== 'true') await hand.tap(row);
    const radio = dialog.getByRole('radio', { name: method });
    if (!await radio.first().isVisible()) await hand.tap(dialog.getByText('Test methods', { exact: true }));
    await hand.tap(radio.first());
}

/** The pill that counts down after paying. */
export function undo(page) {
    return page.getByRole('timer', { name: 'Time left to undo' });
}

/** Paid: the sheet has gone, the order is there. */
export async function assertPaid(page) {
    await sheet(page).waitFor({ state: 'detached' });
    await request(page, 'paid').waitFor();
    await undo(page).waitFor();
}

/** Maya pays what Kai asks for; her tab. */
export async function paid(world) {
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    await openCheckout(maya);
    await maya.tap(pay(maya.page));
    await assertPaid(maya.page);
    return maya;
}

/** The seller hands one parcel over; `less` names items that are left out of it. */
export async function ship(kai, tracking, less = []) {
    await kai.tap(order(kai.page).getByRole('button', { name: 'Mark shipped' }));
    const parcel = sheet(kai.page, 'Mark shipped');
    for (const item of less) await kai.tap(parcel.getByRole('checkbox', { name: new RegExp(`^${item}`) }));
    await parcel.getByLabel('Tracking number').fill(tracking);
    await kai.tap(parcel.getByRole('button', { name: 'Mark shipped' }));
    await parcel.waitFor({ state: 'detached' });
}

/** Kai accepts the message of Sam, who has bought nothing yet, and asks for the price of six pucks of wax. */
export async function sellToNewcomer(world) {
    const { page } = await world.open('kai.shapes');
    await page.getByRole('tab', { name: /^Requests/ }).click();
    await page.getByRole('tabpanel').getByRole('link', { name: /^Sam Park/ }).click();
    await page.getByRole('button', { name: 'Accept' }).click();
    await page.getByRole('button', { name: 'New payment request' }).click();
    const editor = page.getByRole('form', { name: 'New payment request' });
    const said = editor.getByLabel('Say it and it fills in');
    await said.fill('6 surf wax, one puck, 7 each, shipping 5');
    await said.press('Enter');
    await editor.getByText(/filled in$/).waitFor();
    await editor.getByRole('button', { name: 'Send request' }).click();
    await editor.waitFor({ state: 'detached' });
    await request(page).waitFor();
    await page.close();
}

/** Where Sam lives, as the browser's autofill knows it. */
export const samsHome = {
    'shipping name': 'Sam Park',
    'shipping address-line1': '402 Filbert St',
    'shipping address-level2': 'Half Moon Bay',
    'shipping address-level1': 'CA',
    'shipping postal-code': '94019',
    'shipping tel': '(650) 555-0190',
};

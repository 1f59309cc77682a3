// What a browser can do to what is stored: forbid it, have no room for it, or hand it back damaged.

/** For every page from now on: no database may be opened. */
export async function block(context) {
    await context.addInitScript(() => {
        IDBFactory.prototype.open = () => {
            throw new DOMException('The user denied permission to access the database.', 'SecurityError');
        };
    });
}

/** There is no room in this browser for one of the app's databases, as the tab of `page` sees it, or there is again. */
export async function full(page, is, database = 'bottega') {
    await page.evaluate(([is, database]) => {
        globalThis.put ??= IDBObjectStore.prototype.put;
        const { put } = globalThis;
        IDBObjectStore.prototype.put = function (...written) {
            if (is && this.transaction.db.name === database) {
                throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
            }
            return put.apply(this, written);
        };
    }, [is, database]);
}

/** Leaves only half of what is stored under `key`. */
export async function damage(page, key) {
    const found = await page.evaluate((key) => new Promise((done, failed) => {
        const opening = indexedDB.open('bottega');
        opening.onerror = () => failed(opening.error);
        opening.onsuccess = () => {
            const database = opening.result;
            const change = database.transaction('entries', 'readwrite');
            const entries = change.objectStore('entries');
            const reading = entries.get(key);
            reading.onsuccess = () => { if (reading.result) entries.put(reading.result.slice(0, 40), key); };
            change.oncomplete = () => { database.close(); done(Boolean(reading.result)); };
            change.onerror = () => failed(change.error);
        };
    }), key);
    if (!found) throw new Error(`Nothing is stored under ${key}.`);
}

/** Leaves only half of the conversation with `peer`, as the inbox of `page` names it. */
export async function damageThread(page, peer) {
    const row = page.getByRole('tabpanel').getByRole('link', { name: new RegExp(`^${peer}`) });
    const path = new URL(await row.getAttribute('href'), page.url()).pathname;
    await damage(page, path.replace('/t/', 'state/'));
}

// Long conversations: put straight into the store, where thousands of messages are not worth a tap each.

/** Where the app keeps everything, opened in the page. The functions run there. */
function inPage({ thread, count, reply }) {
    const wait = (request) => new Promise((done, failed) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => failed(request.error);
    });
    const key = (seq) => `row/${thread}/${String(seq).padStart(10, '0')}`;
    return (async () => {
        const database = await wait(indexedDB.open('bottega'));
        const transaction = database.transaction('entries', 'readwrite');
        const entries = transaction.objectStore('entries');
        const read = async (name) => JSON.parse(await wait(entries.get(name)));
        const state = await read(`state/${thread}`);
        const summary = await read(`summary/${thread}`);
        const rows = (await wait(entries.getAll(IDBKeyRange.bound(key(0), key(state.seq))))).map(JSON.parse);
        const first = rows.find((row) => row.item.type === 'message' && row.item.of.content?.type === 'text').item.of;
        const at = summary.active_at;
        for (let n = 1; n <= count; n += 1) {
            const of = {
                id: `msg_long${n}`, author: 'seller', sent_at: at, content: { type: 'text', text: `Wave ${n}` },
            };
            if (reply && n === count) of.reply_to = { id: first.id, author: first.author, excerpt: first.content.text };
            summary.last = { seq: state.seq + n, at, actor: 'seller', item: { type: 'message', of } };
            entries.put(JSON.stringify(summary.last), key(state.seq + n));
        }
        state.seq += count;
        entries.put(JSON.stringify(state), `state/${thread}`);
        entries.put(JSON.stringify(summary), `summary/${thread}`);
        await new Promise((done) => { transaction.oncomplete = done; });
        database.close();
        return first.content.text;
    })();
}

/**
 * Says "Wave 1" to "Wave n" after what was said in the conversation on the page, and loads it anew; with `reply`, the
 * last of them answers the first message.
 *
 * @returns {Promise<string>} the words of the first message
 */
export async function lengthen({ page }, count, { reply = false } = {}) {
    const thread = new URL(page.url()).pathname.split('/').find((part) => part.startsWith('thr_'));
    const first = await page.evaluate(inPage, { thread, count, reply });
    await page.reload();
    await page.getByRole('log').getByText(`Wave ${count}`, { exact: true }).waitFor({ timeout: 20_000 });
    return first;
}

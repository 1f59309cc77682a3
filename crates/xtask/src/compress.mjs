// Writes name.br and name.gz beside each text and wasm file of a folder, as small as they can be.
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const [folder] = process.argv.slice(1);
const worthIt = /\.(js|mjs|wasm|css|html|svg|json|webmanifest)$/;
const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 };

const names = (await readdir(folder, { recursive: true })).filter((name) => worthIt.test(name));
await Promise.all(names.map(async (name) => {
    const file = join(folder, name);
    const plain = await readFile(file);
    const small = await promisify(brotliCompress)(plain, {
        params: { ...params, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length },
    });
    if (small.length < plain.length) await writeFile(`${file}.br`, small);
    // For programs and old proxies that know no brotli.
    const smaller = await promisify(gzip)(plain, { level: constants.Z_BEST_COMPRESSION });
    if (smaller.length < plain.length) await writeFile(`${file}.gz`, smaller);
}));

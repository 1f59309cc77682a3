// node e2e/run.mjs [words]: every *.test.mjs, or those whose path contains one of the words, in one browser.
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { chromium } from 'playwright-core';
import { launchOptions } from './support/browser.mjs';

const words = process.argv.slice(2);
const here = import.meta.dirname ?? new URL('.', import.meta.url).pathname;
const files = (await readdir(here, { recursive: true }))
    .filter((file) => file.endsWith('.test.mjs') && !file.includes('node_modules'))
    .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
    .map((file) => join(here, file))
    .sort();
if (files.length === 0) {
    console.error(`No test file has ${words.join(' or ')} in its name, in ${relative('.', here) || '.'}.`);
    process.exit(1);
}

const server = await chromium.launchServer(launchOptions);
process.env.BOTTEGA_BROWSER = server.wsEndpoint();
// A server beside each story is work for a core of its own.
run({ files, concurrency: process.env.BOTTEGA_SERVER ? 1 : 2 })
    .on('test:fail', () => { process.exitCode = 1; })
    .on('end', () => server.close())
    .compose(new spec())
    .pipe(process.stdout);

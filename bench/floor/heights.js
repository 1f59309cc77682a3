// How tall each message is, measured or guessed, and how much lies between a message and the end of the thread.
// Sums of blocks make a far jump as cheap as a near one.

const BLOCK = 128;

export class Heights {
    #heights;
    #measured;
    #blocks;
    #count = 0;
    total = 0;

    /** @param {string[]} texts in thread order */
    constructor(texts) {
        this.#reserve(Math.max(1024, texts.length * 1.25 | 0));
        for (const text of texts) this.add(text);
    }

    get count() {
        return this.#count;
    }

    /** One more message at the end of the thread; answers its guessed height. */
    add(text) {
        if (this.#count === this.#heights.length) this.#grow();
        const height = guess(text);
        this.#heights[this.#count] = height;
        this.#blocks[this.#count / BLOCK | 0] += height;
        this.#count += 1;
        this.total += height;
        return height;
    }

    isMeasured(index) {
        return this.#measured[index] === 1;
    }

    /** Notes what the browser says; answers by how much the guess was short. */
    measure(index, height) {
        const short = height - this.#heights[index];
        this.#measured[index] = 1;
        if (short !== 0) {
            this.#heights[index] = height;
            this.#blocks[index / BLOCK | 0] += short;
            this.total += short;
        }
        return short;
    }

    /** Pixels from the beginning of the thread to that message. */
    before(index) {
        const block = index / BLOCK | 0;
        let sum = 0;
        for (let i = 0; i < block; i++) sum += this.#blocks[i];
        for (let i = block * BLOCK; i < index; i++) sum += this.#heights[i];
        return sum;
    }

    /** The message at that many pixels from the beginning. */
    at(pixels) {
        let index = 0;
        let block = 0;
        for (; index + BLOCK <= this.#count && pixels >= this.#blocks[block]; index += BLOCK) pixels -= this.#blocks[block++];
        for (; index < this.#count - 1 && pixels >= this.#heights[index]; index++) pixels -= this.#heights[index];
        return index;
    }

    #reserve(size) {
        this.#heights = new Float32Array(size);
        this.#measured = new Uint8Array(size);
        this.#blocks = new Float64Array(Math.ceil(size / BLOCK));
    }

    #grow() {
        const [heights, measured, blocks] = [this.#heights, this.#measured, this.#blocks];
        this.#reserve(heights.length * 2);
        this.#heights.set(heights);
        this.#measured.set(measured);
        this.#blocks.set(blocks);
    }
}

/** From the length of the text alone: about 39 characters fit into a line of a phone. */
function guess(text) {
    return 18 + 20 * Math.ceil((text.length || 1) / 39);
}

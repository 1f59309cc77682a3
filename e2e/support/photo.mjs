// A photo as a camera writes it: larger than what is sent, and with a place in it that nobody is to know.

const SECRET = 'GPS 52.5200 N 13.4050 E';

/** The file as Playwright's setInputFiles takes it; `colour` is that of the whole picture. */
export async function photo(page, colour = '#c2410c') {
    const base64 = await page.evaluate((fill) => {
        const canvas = Object.assign(document.createElement('canvas'), { width: 2000, height: 1500 });
        const context = canvas.getContext('2d');
        context.fillStyle = fill;
        context.fillRect(0, 0, 2000, 1500);
        return canvas.toDataURL('image/jpeg').split(',')[1];
    }, colour);
    const jpeg = Buffer.from(base64, 'base64');
    const exif = Buffer.concat([Buffer.from('Exif\0\0'), Buffer.from(SECRET)]);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(exif.length + 2);
    // After the two bytes with which every JPEG starts.
    const buffer = Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xe1]), length, exif, jpeg.subarray(2)]);
    return { name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer };
}

/** What an image on the page is made of: its size in pixels, and whether it tells the place. */
export async function looksOf(image) {
    // Its place is there before the photo is: what has no address yet cannot be decoded.
    await image.and(image.page().locator('[src]')).waitFor();
    await image.evaluate((element) => element.decode());
    const { src, width, height } = await image.evaluate((element) => ({
        src: element.src, width: element.naturalWidth, height: element.naturalHeight,
    }));
    // A server has the bytes at an address, for whoever may see them; a page has them in its own database.
    const bytes = src.startsWith('data:')
        ? Buffer.from(src.split(',')[1], 'base64')
        : await (await image.page().request.get(src)).body();
    return { width, height, tells: bytes.includes('GPS') || bytes.includes('Exif') };
}

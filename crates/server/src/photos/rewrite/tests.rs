use super::*;
use image::{Rgb, RgbImage, Rgba, RgbaImage};

/// Left half red, right half blue.
fn halves(wide: u32, high: u32) -> DynamicImage {
    let colour = |x, _| if x < wide / 2 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) };
    RgbImage::from_fn(wide, high, colour).into()
}

fn bytes_of(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// Puts a segment after the first two bytes of a JPEG, as a camera does.
fn with_segment(jpeg: &[u8], marker: u8, text: &[u8]) -> Vec<u8> {
    let length = u16::try_from(text.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, marker], &length, text, &jpeg[2..]].concat()
}

/// What a camera writes that was held upright: turn it by 90 degrees. And where it was.
fn turned(jpeg: &[u8]) -> Vec<u8> {
    let entry = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0];
    let exif = [b"Exif\0\0MM\0*\0\0\0\x08\0\x01".as_slice(), &entry, b"\0\0\0\0GPS 33.04 N 117.29 W"].concat();
    with_segment(jpeg, 0xe1, &exif)
}

fn contains(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}

#[test]
fn a_picture_is_the_same_picture_afterwards() {
    for (kind, format) in [(Kind::Jpeg, ImageFormat::Jpeg), (Kind::Png, ImageFormat::Png)] {
        let clean = rewritten(kind, &bytes_of(&halves(64, 32), format)).unwrap();
        assert_eq!(clean.kind, kind);
        let again = image::load_from_memory_with_format(&clean.bytes, format).unwrap().to_rgb8();
        assert_eq!(again.dimensions(), (64, 32));
        assert!(again.get_pixel(8, 16)[0] > 180 && again.get_pixel(56, 16)[2] > 180);
    }
}

#[test]
fn what_a_camera_wrote_beside_it_is_gone_and_the_right_way_up_stays() {
    let jpeg = turned(&bytes_of(&halves(64, 32), ImageFormat::Jpeg));
    assert!(contains(&jpeg, b"GPS"));
    let clean = rewritten(Kind::Jpeg, &jpeg).unwrap().bytes;
    assert!(!contains(&clean, b"GPS") && !contains(&clean, b"Exif"));
    let again = image::load_from_memory(&clean).unwrap().to_rgb8();
    assert_eq!(again.dimensions(), (32, 64), "turned");
    assert!(again.get_pixel(16, 8)[0] > 180 && again.get_pixel(16, 56)[2] > 180);
}

#[test]
fn what_else_a_file_is_does_not_stay_in_it() {
    let script = b"<script>alert(1)</script>";
    let jpeg = bytes_of(&halves(16, 16), ImageFormat::Jpeg);
    let comment = with_segment(&jpeg, 0xfe, script);
    let tail = [jpeg.as_slice(), script, b"PK\x03\x04 an archive"].concat();
    for both in [comment, tail] {
        let clean = rewritten(Kind::Jpeg, &both).unwrap().bytes;
        assert!(!contains(&clean, b"script") && !contains(&clean, b"PK\x03\x04"));
    }
    let png = bytes_of(&halves(16, 16), ImageFormat::Png);
    let clean = rewritten(Kind::Png, &[png.as_slice(), script].concat()).unwrap().bytes;
    assert!(!contains(&clean, b"script"));
}

#[test]
fn only_what_it_says_it_is_is_a_picture() {
    let png = bytes_of(&halves(8, 8), ImageFormat::Png);
    assert_eq!(rewritten(Kind::Jpeg, &png).unwrap_err(), Refused::NotAPicture);
    for other in [
        b"<svg xmlns='http://www.w3.org/2000/svg'/>".as_slice(),
        b"<!doctype html><script>alert(1)</script>",
        b"GIF89a\x01\0\x01\0\0\0\0",
        b"RIFF\0\0\0\0WAVE",
        b"%PDF-1.7",
        b"",
    ] {
        for kind in [Kind::Jpeg, Kind::Png, Kind::WebP] {
            assert_eq!(rewritten(kind, other).unwrap_err(), Refused::NotAPicture, "{kind:?} {other:?}");
        }
    }
    assert_eq!(Kind::of("image/svg+xml"), None);
}

#[test]
fn a_bomb_is_refused_by_its_head() {
    // A PNG that says 20,000 by 20,000 and brings nothing of it.
    let mut png = bytes_of(&halves(8, 8), ImageFormat::Png);
    png[16..20].copy_from_slice(&20_000_u32.to_be_bytes());
    png[20..24].copy_from_slice(&20_000_u32.to_be_bytes());
    let sum = crc(&png[12..29]).to_be_bytes();
    png[29..33].copy_from_slice(&sum);
    assert_eq!(rewritten(Kind::Png, &png).unwrap_err(), Refused::TooManyPixels);
    // A JPEG that says 65,535 by 65,535.
    let mut jpeg = bytes_of(&halves(8, 8), ImageFormat::Jpeg);
    let frame = jpeg.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    jpeg[frame + 5..frame + 9].fill(0xff);
    assert_eq!(rewritten(Kind::Jpeg, &jpeg).unwrap_err(), Refused::TooManyPixels);
}

#[test]
fn half_a_picture_is_none() {
    let noise = |x: u32, y: u32| Rgba([(x * 7 + y * 13) as u8, (x * y) as u8, (x ^ y) as u8, 200]);
    let picture: DynamicImage = RgbaImage::from_fn(97, 61, noise).into();
    let opaque = DynamicImage::from(picture.to_rgb8());
    for (kind, bytes) in [
        (Kind::Jpeg, bytes_of(&opaque, ImageFormat::Jpeg)),
        (Kind::Png, bytes_of(&picture, ImageFormat::Png)),
        (Kind::WebP, bytes_of(&picture, ImageFormat::WebP)),
    ] {
        assert!(rewritten(kind, &bytes).is_ok(), "{kind:?}");
        for length in [16, bytes.len() / 2, bytes.len() * 9 / 10] {
            assert_eq!(rewritten(kind, &bytes[..length]).unwrap_err(), Refused::Broken, "{kind:?} {length}");
        }
    }
}

#[test]
fn a_webp_without_holes_becomes_a_jpeg_and_one_with_holes_keeps_them() {
    let solid = rewritten(Kind::WebP, &bytes_of(&halves(16, 16), ImageFormat::WebP)).unwrap();
    assert_eq!(solid.kind, Kind::Jpeg);
    let holes: DynamicImage = RgbaImage::from_pixel(16, 16, Rgba([9, 9, 9, 100])).into();
    let clean = rewritten(Kind::WebP, &bytes_of(&holes, ImageFormat::WebP)).unwrap();
    assert_eq!(clean.kind, Kind::WebP);
    assert_eq!(image::load_from_memory(&clean.bytes).unwrap().to_rgba8().get_pixel(3, 3)[3], 100);
}

/// The checksum of PNG, bit by bit.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |sum: u32, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 })
    })
}

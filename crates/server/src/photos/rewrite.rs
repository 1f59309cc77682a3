//! A picture that somebody sent becomes one that we have written: what is not picture in it is gone.

use api::problem::Problem;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use std::io::Cursor;

/// Most pixels that are decoded: 40 million.
const MAX_PIXELS: u64 = 40_000_000;
/// Most memory that decoding may take, in bytes: eight for each pixel, and some.
const MAX_MEMORY: u64 = 400_000_000;
/// Of 100: where one does not see the difference any more.
const QUALITY: u8 = 85;

/// The formats that are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Jpeg,
    Png,
    WebP,
}

/// Why a picture is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It is none, or of another kind than it says.
    NotAPicture,
    /// It has more than [`MAX_PIXELS`].
    TooManyPixels,
    /// It begins like one, and cannot be read to its end.
    Broken,
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        let (code, detail) = match refused {
            Refused::NotAPicture => ("not_a_picture", "This is not a JPEG, PNG or WebP picture."),
            Refused::TooManyPixels => ("too_many_pixels", "This picture has more than 40 million pixels."),
            Refused::Broken => ("broken_picture", "This picture is damaged, or not all of it is here."),
        };
        Self::new(422, code, detail).at("data")
    }
}

impl Kind {
    /// The kind of a media type.
    pub fn of(media_type: &str) -> Option<Self> {
        [Self::Jpeg, Self::Png, Self::WebP].into_iter().find(|kind| kind.media_type() == media_type)
    }

    /// As it is said in `Content-Type`.
    pub fn media_type(self) -> &'static str {
        self.format().to_mime_type()
    }

    fn format(self) -> ImageFormat {
        match self {
            Self::Jpeg => ImageFormat::Jpeg,
            Self::Png => ImageFormat::Png,
            Self::WebP => ImageFormat::WebP,
        }
    }

    /// Whether bytes begin as those of this kind do.
    fn begins(self, bytes: &[u8]) -> bool {
        match self {
            Self::Jpeg => bytes.starts_with(&[0xff, 0xd8, 0xff]),
            Self::Png => bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
            Self::WebP => bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"),
        }
    }
}

/// A picture as we have written it.
#[derive(Debug)]
pub struct Clean {
    /// Its kind.
    pub kind: Kind,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Decodes a picture and writes it anew, the way up that its camera has noted. Takes a processor for up to seconds.
///
/// # Errors
/// When it is not taken.
pub fn rewritten(kind: Kind, bytes: &[u8]) -> Result<Clean, Refused> {
    if !kind.begins(bytes) {
        return Err(Refused::NotAPicture);
    }
    let reader = || ImageReader::with_format(Cursor::new(bytes), kind.format());
    let (wide, high) = reader().into_dimensions().map_err(|_| Refused::Broken)?;
    // Before anything is decoded: a few bytes can say that they are a picture of gigabytes.
    if u64::from(wide) * u64::from(high) > MAX_PIXELS {
        return Err(Refused::TooManyPixels);
    }
    if kind == Kind::Jpeg && !is_whole_jpeg(bytes) {
        return Err(Refused::Broken);
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_MEMORY);
    let mut reader = reader();
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| Refused::Broken)?;
    let way_up = decoder.orientation().map_err(|_| Refused::Broken)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| Refused::Broken)?;
    picture.apply_orientation(way_up);
    written(kind, &picture)
}

/// Decoders are glad with half a JPEG. After the last of its scans there has to be its end, which nothing in a scan
/// looks like.
fn is_whole_jpeg(bytes: &[u8]) -> bool {
    let last = |marker: u8| bytes.windows(2).rposition(|pair| pair == [0xff, marker]);
    match (last(0xda), last(0xd9)) {
        (Some(scan), Some(end)) => scan < end,
        (None, _) | (Some(_), None) => false,
    }
}

fn written(kind: Kind, picture: &DynamicImage) -> Result<Clean, Refused> {
    let (mut bytes, has_holes) = (Vec::new(), picture.color().has_alpha());
    let kind = match kind {
        // We write WebP without loss alone: many times as large for a photo.
        Kind::WebP if !has_holes => Kind::Jpeg,
        kind => kind,
    };
    let told = match (kind, has_holes) {
        (Kind::Jpeg, _) => picture.to_rgb8().write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY)),
        (Kind::Png, true) => picture.to_rgba8().write_with_encoder(PngEncoder::new(&mut bytes)),
        (Kind::Png, false) => picture.to_rgb8().write_with_encoder(PngEncoder::new(&mut bytes)),
        (Kind::WebP, _) => picture.to_rgba8().write_with_encoder(WebPEncoder::new_lossless(&mut bytes)),
    };
    told.map_err(|_| Refused::Broken)?;
    Ok(Clean { kind, bytes })
}

#[cfg(test)]
mod tests;

//! Photos: made small and free of metadata in the browser before anybody else sees them.

use crate::i18n::t;
use api::wire::UploadPhoto;
use js_sys::Promise;
use leptos::prelude::{document, window};
use leptos::web_sys::{CanvasRenderingContext2d, File, HtmlCanvasElement, ImageBitmap};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// The longest side, in pixels.
const LONGEST: f64 = 1280.0;
/// Largest file that is looked at, in bytes.
const MAX_FILE: f64 = 25.0 * 1024.0 * 1024.0;
/// Most pixels that are decoded: 50 million.
const MAX_PIXELS: f64 = 50_000_000.0;

/// A picture that can be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Small {
    /// Its bytes.
    pub upload: UploadPhoto,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

impl Small {
    /// Where an image element finds it before anybody else has it.
    pub fn address(&self) -> String {
        format!("data:{};base64,{}", self.upload.media_type, self.upload.data)
    }
}

/// Draws the picture anew, at most 1280 pixels long: what a camera wrote beside it, such as the place, is gone.
///
/// # Errors
/// The sentence for the reader, when it is not a picture or too large.
pub async fn downsized(file: &File) -> Result<Small, String> {
    if file.size() > MAX_FILE {
        return Err(t().photo_too_large().to_owned());
    }
    let unreadable = || t().photo_unreadable().to_owned();
    let bitmap: Promise = window().create_image_bitmap_with_blob(file).map_err(|_| unreadable())?;
    let bitmap: ImageBitmap = JsFuture::from(bitmap).await.map_err(|_| unreadable())?.unchecked_into();
    let (wide, high) = (f64::from(bitmap.width()), f64::from(bitmap.height()));
    if wide * high > MAX_PIXELS || wide < 1.0 || high < 1.0 {
        return Err(t().photo_too_large().to_owned());
    }
    let scale = (LONGEST / wide.max(high)).min(1.0);
    let (width, height) = ((wide * scale).round().max(1.0), (high * scale).round().max(1.0));
    let canvas: HtmlCanvasElement =
        document().create_element("canvas").map_err(|_| unreadable())?.dyn_into().map_err(|_| unreadable())?;
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context = canvas.get_context("2d").ok().flatten().ok_or_else(unreadable)?;
    let context: CanvasRenderingContext2d = context.dyn_into().map_err(|_| unreadable())?;
    context.draw_image_with_image_bitmap_and_dw_and_dh(&bitmap, 0.0, 0.0, width, height).map_err(|_| unreadable())?;
    let url = canvas.to_data_url_with_type_and_encoder_options("image/jpeg", &0.82.into()).map_err(|_| unreadable())?;
    let data = url.strip_prefix("data:image/jpeg;base64,").ok_or_else(unreadable)?.to_owned();
    let upload = UploadPhoto { media_type: "image/jpeg".to_owned(), data };
    Ok(Small { upload, width: width as u32, height: height as u32 })
}

crate::words! {
    photo_too_large "This picture is too large." "Questa immagine è troppo grande.";
    photo_unreadable "This file is not a picture that can be read." "Questo file non è un’immagine leggibile.";
}

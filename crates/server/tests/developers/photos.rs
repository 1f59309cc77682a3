//! Photos on a server: who is given their bytes, what of them is kept, and what is no photo.

use crate::world::{As, World, terms};
use api::wire::Photo;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use serde_json::{Value, json};
use std::io::Cursor;

fn jpeg() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let picture = RgbImage::from_fn(40, 30, |x, y| Rgb([(x * 6) as u8, (y * 8) as u8, 90]));
    DynamicImage::from(picture).write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

fn upload(media_type: &str, bytes: &[u8]) -> Value {
    json!({ "media_type": media_type, "data": STANDARD.encode(bytes) })
}

async fn sent_up(world: &World, who: &As) -> Photo {
    world.post(who, "/v1/photos", &upload("image/jpeg", &jpeg())).await.json()
}

async fn say(world: &World, who: &As, thread: &str, photo: &Photo) {
    let content = json!({ "type": "photo", "photo": photo.id, "width": 40, "height": 30 });
    let body = json!({ "id": format!("msg_{}", photo.id.as_str().trim_start_matches("pho_")), "content": content });
    world.post(who, &format!("/v1/threads/{thread}/messages"), &body).await.json::<Value>();
}

#[tokio::test]
async fn a_photo_is_a_file_of_its_own_that_only_the_two_of_the_thread_are_given() {
    let world = World::new().await;
    let (maya, kai, other) =
        (world.sign_in("maya.torres").await, world.sign_in("kai.shapes").await, world.sign_in("omar.haddad").await);
    let thread = world.thread(&maya, "kai.shapes").await;
    let photo = sent_up(&world, &maya).await;
    assert_eq!(photo.url, format!("/v1/photos/{}", photo.id));
    let (json, file) =
        (format!("/v1/threads/{thread}/photos/{}", photo.id), format!("/v1/threads/{thread}/photos/{}/file", photo.id));
    let own = world.get(&maya, &photo.url).await;
    assert!(own.status.is_success());
    for path in [&photo.url, &json, &file] {
        assert_eq!(world.get(&kai, path).await.refused().0, 404, "it was not sent yet: {path}");
    }
    say(&world, &maya, &thread, &photo).await;
    assert_eq!(world.get(&kai, &json).await.json::<Photo>().url, file);
    let given = world.get(&kai, &file).await;
    assert_eq!(given.body, own.body);
    for path in [&photo.url, &json, &file] {
        assert_eq!(world.get(&other, path).await.refused().0, 404, "{path}");
        assert_eq!(world.get(&As::Nobody, path).await.refused().0, 401, "{path}");
    }
    assert_eq!(world.get(&kai, &photo.url).await.refused().0, 404, "not without the thread");
    let elsewhere = world.thread(&other, "kai.shapes").await;
    let path = format!("/v1/threads/{elsewhere}/photos/{}/file", photo.id);
    for who in [&kai, &other] {
        assert_eq!(world.get(who, &path).await.refused().0, 404, "it was not sent there");
    }
}

#[tokio::test]
async fn a_file_says_what_it_is_and_that_nobody_else_keeps_it() {
    let world = World::new().await;
    let maya = world.sign_in("maya.torres").await;
    let photo = sent_up(&world, &maya).await;
    let given = world.get(&maya, &photo.url).await;
    for (name, value) in [
        ("content-type", "image/jpeg"),
        ("content-disposition", "inline"),
        ("cache-control", "private, max-age=31536000, immutable"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ] {
        assert_eq!(given.headers[name], value, "{name}");
    }
    let picture = image::load_from_memory_with_format(&given.body, ImageFormat::Jpeg).unwrap();
    assert_eq!((picture.width(), picture.height()), (40, 30));
    let kept = world.server.app.store.export().await.unwrap();
    assert!(kept.iter().all(|(_, text)| !text.contains("base64")), "no bytes in the database");
}

#[tokio::test]
async fn what_is_no_picture_is_refused_in_words() {
    let world = World::new().await;
    let maya = world.sign_in("maya.torres").await;
    let whole = jpeg();
    let mut bomb = whole.clone();
    let frame = bomb.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    bomb[frame + 5..frame + 9].copy_from_slice(&[0x4e, 0x20, 0x4e, 0x20]);
    let png_head = b"\x89PNG\r\n\x1a\n<script>alert(1)</script>";
    for (media_type, bytes, code) in [
        ("image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'/>".as_slice(), "not_a_picture"),
        ("text/html", b"<!doctype html><p>Hello</p>", "not_a_picture"),
        ("image/png", b"<!doctype html><p>Hello</p>", "not_a_picture"),
        ("image/png", whole.as_slice(), "not_a_picture"),
        ("image/gif", b"GIF89a\x01\0\x01\0\0\0\0", "not_a_picture"),
        ("image/jpeg", &whole[..whole.len() / 2], "broken_picture"),
        ("image/png", png_head, "broken_picture"),
        ("image/jpeg", &bomb, "too_many_pixels"),
    ] {
        let refused = world.post(&maya, "/v1/photos", &upload(media_type, bytes)).await.refused();
        assert_eq!(refused, (422, code.to_owned()), "{media_type} {} bytes", bytes.len());
    }
    let data = "/9j/!not base64!".to_owned();
    let refused = world.post(&maya, "/v1/photos", &json!({ "media_type": "image/jpeg", "data": data })).await.refused();
    assert_eq!(refused, (422, "not_a_picture".to_owned()));
    let large = world.post(&maya, "/v1/photos", &upload("image/jpeg", &vec![0xff; 5 << 20])).await.refused();
    assert_eq!(large, (413, "too_large".to_owned()));
}

#[tokio::test]
async fn a_file_in_a_file_does_not_stay_in_it() {
    let world = World::new().await;
    let maya = world.sign_in("maya.torres").await;
    let both = [jpeg().as_slice(), b"<script>alert(document.domain)</script>"].concat();
    let photo: Photo = world.post(&maya, "/v1/photos", &upload("image/jpeg", &both)).await.json();
    assert!(!world.get(&maya, &photo.url).await.text().contains("script"));
}

#[tokio::test]
async fn a_photo_of_what_is_sold_is_given_to_who_is_asked_for_money() {
    let world = World::new().await;
    let kai = world.sign_in("kai.shapes").await;
    let (_, program) = world.key(&kai).await;
    let photo = sent_up(&world, &program).await;
    let thread = world.thread(&program, "maya.torres").await;
    let mut terms = terms();
    terms["picture"] = json!(photo.id);
    let path = format!("/v1/threads/{thread}/payment-requests");
    world.post(&program, &path, &json!({ "terms": terms })).await.json::<Value>();
    let maya = world.sign_in("maya.torres").await;
    let seen: Photo = world.get(&maya, &format!("/v1/threads/{thread}/photos/{}", photo.id)).await.json();
    assert_eq!(world.get(&maya, &seen.url).await.headers["content-type"], "image/jpeg");
}

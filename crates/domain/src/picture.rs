//! Pictures of what is sold: the site's own, or one that somebody sent.

use crate::ids::PhotoId;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Longest path, in bytes.
const MAX_PATH: usize = 120;

/// A path of this site: no scheme, no host, no way up, at most 120 bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("pattern" = "^/[0-9A-Za-z/_.-]+$")))]
#[serde(try_from = "String", into = "String")]
pub struct SitePath(String);

/// A picture of something that is sold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(with = "String", extend("pattern" = "^(/|pho_)[0-9A-Za-z/_.-]+$")))]
#[serde(try_from = "String", into = "String")]
pub enum Picture {
    /// One of this site, such as the catalogue's.
    Site(SitePath),
    /// One that the seller took; only the two of the thread see it.
    Photo(PhotoId),
}

/// The text names no picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PictureError;

impl fmt::Display for PictureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("The picture has to be one of this site, or a photo.")
    }
}

impl SitePath {
    /// The path, from its first stroke on.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for SitePath {
    type Error = PictureError;
    fn try_from(path: String) -> Result<Self, PictureError> {
        let within = path.starts_with('/') && !path.starts_with("//") && !path.contains("..");
        let plain = path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-_.".contains(&byte));
        if within && plain && (2..=MAX_PATH).contains(&path.len()) { Ok(Self(path)) } else { Err(PictureError) }
    }
}

impl TryFrom<String> for Picture {
    type Error = PictureError;
    fn try_from(text: String) -> Result<Self, PictureError> {
        if text.starts_with(PhotoId::PREFIX) {
            PhotoId::try_from(text).map(Self::Photo).map_err(|_| PictureError)
        } else {
            SitePath::try_from(text).map(Self::Site)
        }
    }
}

impl std::str::FromStr for SitePath {
    type Err = PictureError;
    fn from_str(text: &str) -> Result<Self, PictureError> {
        Self::try_from(text.to_owned())
    }
}

impl std::str::FromStr for Picture {
    type Err = PictureError;
    fn from_str(text: &str) -> Result<Self, PictureError> {
        Self::try_from(text.to_owned())
    }
}

impl From<SitePath> for String {
    fn from(path: SitePath) -> String {
        path.0
    }
}

impl From<Picture> for String {
    fn from(picture: Picture) -> String {
        match picture {
            Picture::Site(path) => path.into(),
            Picture::Photo(photo) => photo.into(),
        }
    }
}

impl From<SitePath> for Picture {
    fn from(path: SitePath) -> Self {
        Self::Site(path)
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_of_this_site_or_a_photo() {
        let photo = "pho_0a1b".parse::<PhotoId>().unwrap();
        assert_eq!("pho_0a1b".parse(), Ok(Picture::Photo(photo)));
        assert!(matches!("/products/mug-2.svg".parse(), Ok(Picture::Site(_))));
        let long = format!("/{}", "a".repeat(MAX_PATH));
        for elsewhere in
            ["", "/", "//else.where/a.png", "https://else.where", "/../up", "data:x", "pho_", "/a b", &long]
        {
            assert_eq!(elsewhere.parse::<Picture>(), Err(PictureError), "{elsewhere}");
        }
    }

    #[test]
    fn a_picture_is_written_as_it_is_read() {
        for text in ["\"/a.svg\"", "\"pho_1\""] {
            let read: Picture = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&read).unwrap(), text);
        }
    }
}

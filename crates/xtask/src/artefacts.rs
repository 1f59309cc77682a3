//! What the built app weighs and contains, read from the files themselves.

use crate::steps::Tally;
use crate::trunk::Shape;
use anyhow::{Context, Result, bail};
use domain::scan;
use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// HTML, CSS, JavaScript and wasm together, brotli, until the first thread is on screen: what we want to come to.
const GOAL: u64 = 200_000;
/// What it may weigh today. Whoever makes the app lighter lowers it; whoever adds to it raises it by what that weighs.
/// The last 93 kB: what waits is in IndexedDB, the app starts from what was seen, and it tells of a new build of itself;
/// who is here, and being told while nobody looks; where a payment is approved, disputes, and money that takes days;
/// tax that follows the address, ways of delivery with regions, what is fetched, and parcels of which there is no news;
/// payments that the browser shows by itself; cases, as state, headline and lines of a conversation know them (most of
/// 31 kB), what opens the palette, and saved replies at the field; what was promised and kept, and what is owned, as the
/// events and the state of a conversation know it (7.6 kB).
const BUDGET: u64 = 629_000;

/// Text that only the embedded build may carry. Each must be found there, or the check would prove nothing.
const EMBEDDED_ONLY: [(&str, &str); 4] = [
    ("the demo world", "x-demo-world-marker"),
    ("the demo world's people", "kai.shapes"),
    ("the router", "This call needs an Idempotency-Key."),
    ("the simulated processor", "simulated-payment"),
];

/// Text that no build may carry: what speaks to the processor with our keys is the server's alone.
const NOWHERE: [(&str, &str); 2] =
    [("PayPal's API", "api-m.paypal.com"), ("asking PayPal for a token", "client_credentials")];

pub fn check(tally: &mut Tally) -> Result<()> {
    let served = files(&Shape::Served.folder())?;
    let embedded = files(&Shape::Embedded.folder())?;
    let (all, first) = (weight(&served)?, weight(&first_visit(&served))?);
    let later = all - first;
    let fact = format!("a first visit fetches {first} bytes, of at most {BUDGET} (goal: {GOAL}), and {later} later");
    let mut holds = first <= BUDGET && later > 0;
    tally.check(&fact, holds);
    for (what, text) in EMBEDDED_ONLY {
        let (in_served, in_embedded) = (contains(&served, text)?, contains(&embedded, text)?);
        tally.check(&format!("the embedded build contains {what} ({text})"), in_embedded);
        tally.check(&format!("the served build contains nothing of {what} ({text})"), !in_served);
        holds &= in_embedded && !in_served;
    }
    for (what, text) in NOWHERE {
        let is_there = contains(&served, text)? || contains(&embedded, text)?;
        tally.check(&format!("no build contains anything of {what} ({text})"), !is_there);
        holds &= !is_there;
    }
    let mut cards = with_a_card(&served)?;
    cards.extend(with_a_card(&embedded)?);
    tally.check(&format!("no build contains the number of a payment card {cards:?}"), cards.is_empty());
    holds &= cards.is_empty();
    if !holds {
        bail!("The artefacts are not what they should be; see FAILED above.");
    }
    Ok(())
}

/// What a browser fetches before the first thread is on the screen: everything but the parts that were cut off.
fn first_visit(files: &[PathBuf]) -> Vec<PathBuf> {
    let is_later = |file: &&PathBuf| {
        let name = file.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        // The worker is registered when the rest has come.
        let is_part = name.starts_with("split_") || name.starts_with("chunk_");
        // Nor is the page that the processor's window comes back to.
        is_part || name == "service-worker.js" || name.starts_with("returned.")
    };
    files.iter().filter(|file| !is_later(file)).cloned().collect()
}

/// The code of a build; pictures are not fetched to show the first thread.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder).with_context(|| format!("{} is not built yet.", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ["html", "css", "js", "wasm"].iter().any(|e| ending == *e))
            {
                found.push(path);
            }
        }
    }
    Ok(found)
}

fn weight(files: &[PathBuf]) -> Result<u64> {
    files.iter().map(|file| on_the_wire(file)).sum()
}

/// The size of the compressed neighbour, or of the file where compressing did not help.
fn on_the_wire(file: &Path) -> Result<u64> {
    let mut compressed = file.as_os_str().to_owned();
    compressed.push(".br");
    let chosen = std::fs::metadata(&compressed).or_else(|_| std::fs::metadata(file));
    Ok(chosen?.len())
}

fn contains(files: &[PathBuf], text: &str) -> Result<bool> {
    for file in files {
        if std::fs::read(file)?.windows(text.len()).any(|window| window == text.as_bytes()) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The files in which something stands that would be masked if somebody wrote it. Only what is written: code that looks like
/// digits is broken up by what is between.
fn with_a_card(files: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for file in files {
        let bytes = std::fs::read(file)?;
        let words = bytes.split(|byte| !(b' '..=b'~').contains(byte)).filter(|words| words.len() >= 13);
        let has_one = |words: &[u8]| match scan::mask_card_numbers(&String::from_utf8_lossy(words)) {
            Cow::Borrowed(_) => false,
            Cow::Owned(_) => true,
        };
        if words.into_iter().any(has_one) {
            found.push(file.clone());
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_number_is_found_in_the_midst_of_code() {
        let folder = std::env::temp_dir().join(format!("bottega-cards-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("app.wasm"), b"\0asm\x01 000000000000000 236 70 214 74 190 60 \xff").unwrap();
        std::fs::write(folder.join("split_pages.wasm"), b"\0\x07try 4242 4242 4242 4242\0").unwrap();
        let found = with_a_card(&files(&folder).unwrap()).unwrap();
        assert_eq!(found, [folder.join("split_pages.wasm")]);
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn text_is_found_in_any_file_and_weight_is_what_travels() {
        let folder = std::env::temp_dir().join(format!("bottega-artefacts-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("snippets")).unwrap();
        std::fs::write(folder.join("app.wasm"), b"\0asm long and plain kai.shapes \xff").unwrap();
        std::fs::write(folder.join("app.wasm.br"), b"small").unwrap();
        std::fs::write(folder.join("snippets/inline0.js"), b"go()").unwrap();
        std::fs::write(folder.join("kai.png"), b"a picture of kai.shapes").unwrap();
        let found = files(&folder).unwrap();
        assert_eq!(weight(&found).unwrap(), 5 + 4);
        assert!(contains(&found, "kai.shapes").unwrap());
        assert!(!contains(&found, "a picture").unwrap());
        for later in ["split_panels.wasm", "chunk_3.wasm"] {
            std::fs::write(folder.join(later), b"later").unwrap();
        }
        assert_eq!(weight(&first_visit(&files(&folder).unwrap())).unwrap(), 5 + 4);
        std::fs::remove_dir_all(folder).unwrap();
    }
}

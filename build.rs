//! Joins the css beside the components, each scoped to its component, into `target/components.css`.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use stylers_core::{Class, from_str};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src");
    let for_wasm = std::env::var("CARGO_CFG_TARGET_FAMILY").is_ok_and(|family| family == "wasm");
    if for_wasm && std::env::var_os("CARGO_FEATURE_SPLIT").is_some() {
        // Who calls whom, for `cargo xtask` to cut the parts of the app apart.
        println!("cargo::rustc-link-arg-bin=bottega=--emit-relocs");
    }
    let mut sheets = Vec::new();
    collect(Path::new("src"), &mut sheets)?;
    // The order of the file system is not one.
    sheets.sort();

    let mut joined = String::new();
    let mut owners: BTreeMap<String, &Path> = BTreeMap::new();
    for sheet in &sheets {
        let text = fs::read_to_string(sheet)?;
        let class = Class::rand_class_from_seed(text.clone());
        // stylers draws the class from the number of characters alone, so two sheets can meet.
        if let Some(other) = owners.insert(class.as_name().to_owned(), sheet) {
            return Err(format!(
                "{} and {} would share the scope {}: they have equally many characters. Add a word to a comment of one.",
                other.display(),
                sheet.display(),
                class.as_name(),
            )
            .into());
        }
        joined.push_str(&from_str(&text, &class));
        joined.push('\n');
    }

    // Always here, whatever CARGO_TARGET_DIR says: index.html links this path.
    let target = Path::new(&std::env::var("CARGO_MANIFEST_DIR")?).join("target");
    fs::create_dir_all(&target)?;
    write_if_changed(&target.join("components.css"), &joined)
}

fn collect(folder: &Path, sheets: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, sheets)?;
        } else if path.extension().is_some_and(|extension| extension == "css") {
            sheets.push(path);
        }
    }
    Ok(())
}

// A watcher must not see a change where there is none.
fn write_if_changed(path: &Path, text: &str) -> Result<(), Box<dyn Error>> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    Ok(fs::write(path, text)?)
}

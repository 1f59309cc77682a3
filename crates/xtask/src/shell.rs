//! Writes into the service worker which files a build has: what it keeps on the device.

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// What stands in the worker until a build is known.
const UNKNOWN: &str = r#"const build = { name: "none", files: [] };"#;
/// What the app needs to start and to go on. Pictures are kept when they are seen.
const KINDS: [&str; 4] = ["css", "js", "svg", "wasm"];

/// Writes the files of `folder` into its service worker.
pub fn write(folder: &Path) -> Result<()> {
    let worker = folder.join("service-worker.js");
    let text = fs::read_to_string(&worker).with_context(|| format!("{} is missing.", worker.display()))?;
    if !text.contains(UNKNOWN) {
        bail!("{} does not say which build it is of.", worker.display());
    }
    let mut all = Sha256::new();
    all.update(fs::read(folder.join("index.html"))?);
    let mut files = Vec::new();
    for path in found(folder)? {
        let name = path.strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
        if name.starts_with("art/") || path == worker {
            continue;
        }
        all.update(fs::read(&path)?);
        files.push(format!("/{name}"));
    }
    let name = domain::text::hex(&all.finalize()[..8]);
    let known = format!("const build = {{ name: {name:?}, files: {files:?} }};");
    fs::write(worker, text.replace(UNKNOWN, &known))?;
    Ok(())
}

fn found(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| KINDS.iter().any(|kind| ending == *kind)) {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("bottega-shell-{name}-{}", std::process::id()));
        fs::create_dir_all(folder.join("app-1")).unwrap();
        fs::create_dir_all(folder.join("art")).unwrap();
        for file in ["index.html", "app-1/a.wasm", "icons.svg", "art/mug.svg", "icon.png"] {
            fs::write(folder.join(file), file).unwrap();
        }
        folder
    }

    #[test]
    fn the_worker_names_the_files_of_the_build_and_each_build_has_a_name() {
        let folder = folder("names");
        let written = || {
            fs::write(folder.join("service-worker.js"), format!("first\n{UNKNOWN}\nlast")).unwrap();
            write(&folder).unwrap();
            fs::read_to_string(folder.join("service-worker.js")).unwrap()
        };
        let one = written();
        assert!(one.contains(r#"files: ["/app-1/a.wasm", "/icons.svg"] };"#), "{one}");
        assert!(one.starts_with("first\nconst build = { name: \"") && one.ends_with("\nlast"), "{one}");
        assert_eq!(one, written(), "the same build has the same name");
        fs::write(folder.join("index.html"), "another").unwrap();
        assert_ne!(one, written());
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_worker_that_does_not_say_where_is_refused() {
        let folder = folder("refused");
        fs::write(folder.join("service-worker.js"), "nothing").unwrap();
        assert!(write(&folder).is_err());
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn the_worker_as_it_is_says_where() {
        let worker = crate::workspace::root().join("public/service-worker.js");
        assert!(fs::read_to_string(worker).unwrap().contains(UNKNOWN));
    }
}

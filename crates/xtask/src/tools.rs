//! Which tools in which versions, and where they may already be.

use crate::{process, workspace};
use anyhow::{Context, Result};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A program that `cargo install` can bring.
pub struct Tool {
    /// The crate it comes from.
    pub krate: &'static str,
    /// The program we call.
    pub program: &'static str,
    pub version: String,
    /// What `cargo install` is told besides the version.
    pub install: &'static [&'static str],
    /// Whether it knows `--version`. Of one that does not, only ours is trusted: its folder names the version.
    pub says_version: bool,
}

/// Trunk without TLS and without asking for news: it is always called with `--offline`.
pub fn trunk() -> Tool {
    let install = ["--locked", "--no-default-features"].as_slice();
    Tool { krate: "trunk", program: "trunk", version: "0.21.14".to_owned(), install, says_version: true }
}

/// The command line of wasm-bindgen, in exactly the version of the library in Cargo.lock.
/// Not `--locked`: its own lock file does not resolve any more.
pub fn wasm_bindgen() -> Result<Tool> {
    let lock = std::fs::read_to_string(workspace::root().join("Cargo.lock"))?;
    let version = locked_version(&lock, "wasm-bindgen").context("Cargo.lock names no wasm-bindgen.")?.to_owned();
    let install = ["--no-default-features"].as_slice();
    Ok(Tool { krate: "wasm-bindgen-cli", program: "wasm-bindgen", version, install, says_version: true })
}

/// Cuts the app into parts. It goes with `wasm_split_helpers` of Cargo.lock.
pub fn wasm_split() -> Tool {
    let install = ["--locked", "--features", "build-binary"].as_slice();
    let version = "0.2.4".to_owned();
    Tool { krate: "wasm_split_cli_support", program: "wasm-split-cli", version, install, says_version: false }
}

/// Drives Firefox for the component tests.
pub fn geckodriver() -> Tool {
    let install = ["--locked"].as_slice();
    Tool { krate: "geckodriver", program: "geckodriver", version: "0.37.1".to_owned(), install, says_version: true }
}

impl Tool {
    /// The folder that holds the program in the right version: one of PATH, else ours in the cache.
    pub fn find(&self, path: &[PathBuf]) -> Option<PathBuf> {
        let cached = self.home().join("bin");
        if !self.says_version {
            return cached.join(self.program).is_file().then_some(cached);
        }
        let on_path = path.iter().find(|folder| folder.join(self.program).is_file());
        on_path.into_iter().chain([&cached]).find(|folder| self.is_in(folder)).cloned()
    }

    /// Where `cargo install --root` puts it: one folder for each version, so none replaces another.
    pub fn home(&self) -> PathBuf {
        cache().join(format!("{}-{}", self.program, self.version))
    }

    fn is_in(&self, folder: &Path) -> bool {
        let said = process::answer(Command::new(folder.join(self.program)).arg("--version"));
        said.as_deref().and_then(version_in) == Some(&self.version)
    }
}

/// The first word that begins with a digit: `trunk 0.21.14`, `wasm-bindgen 0.2.130 (abc)`.
fn version_in(said: &str) -> Option<&str> {
    said.split_whitespace().find(|word| word.starts_with(|first: char| first.is_ascii_digit()))
}

/// The version of a package in a Cargo.lock.
fn locked_version<'lock>(lock: &'lock str, package: &str) -> Option<&'lock str> {
    let named = format!("name = \"{package}\"\nversion = \"");
    lock.split_once(&named)?.1.split_once('"').map(|(version, _)| version)
}

/// Per user, not per clone: a second clone finds everything.
/// Where they are built, and what is left over goes when they are there.
pub fn building() -> PathBuf {
    cache().join("building")
}

fn cache() -> PathBuf {
    cache_from(|name| std::env::var_os(name))
}

fn cache_from(variable: impl Fn(&str) -> Option<OsString>) -> PathBuf {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    set("BOTTEGA_TOOLS")
        .or_else(|| set("XDG_CACHE_HOME").map(|cache| cache.join("bottega")))
        .or_else(|| set("HOME").map(|home| home.join(".cache/bottega")))
        .unwrap_or_else(|| workspace::target().join("tools"))
}

/// The folders of PATH.
pub fn search_path() -> Vec<PathBuf> {
    std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default()
}

/// The first program of that name on PATH.
pub fn on_path(program: &str) -> Option<PathBuf> {
    search_path().into_iter().map(|folder| folder.join(program)).find(|file| file.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_read_from_what_a_tool_says() {
        assert_eq!(version_in("trunk 0.21.14\n"), Some("0.21.14"));
        assert_eq!(version_in("geckodriver 0.37.1 (built somewhere)\nmore 1.0"), Some("0.37.1"));
        assert_eq!(version_in("no version here"), None);
    }

    #[test]
    fn the_locked_version_is_that_of_the_package_with_exactly_that_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.80\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"x\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(lock, "leptos"), None);
    }

    #[test]
    fn tools_are_kept_where_the_user_says_else_in_the_users_cache() {
        let cache = |set: &'static [(&str, &str)]| {
            cache_from(|name| set.iter().find(|(key, _)| *key == name).map(|(_, value)| OsString::from(value)))
        };
        assert_eq!(cache(&[("HOME", "/home/ada"), ("BOTTEGA_TOOLS", "/tools")]), Path::new("/tools"));
        assert_eq!(cache(&[("HOME", "/home/ada"), ("XDG_CACHE_HOME", "/c")]), Path::new("/c/bottega"));
        assert_eq!(cache(&[("HOME", "/home/ada"), ("XDG_CACHE_HOME", "")]), Path::new("/home/ada/.cache/bottega"));
    }
}

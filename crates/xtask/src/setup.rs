//! Finds what is needed, and installs what is missing. A second time it only looks.

use crate::args::Invocation;
use crate::steps::seconds;
use crate::tools::{self, Tool};
use crate::{process, workspace};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::ffi::OsString;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

/// Debian's packages of the browser, and the letters it writes with.
const CHROMIUM: [&str; 4] = ["chromium", "chromium-headless-shell", "fonts-liberation", "fonts-noto-color-emoji"];

/// How much of it a command needs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    Build,
    Browser,
    BrowserAndFirefox,
}

/// What was found: programs started through it find each other.
pub struct Toolbox {
    path: OsString,
    added: Vec<PathBuf>,
    pub chromium: PathBuf,
    /// Chromium without windows, which tells the same stories at three quarters of the cost; Chromium where it is missing.
    pub headless_shell: PathBuf,
    pub chromedriver: PathBuf,
    pub geckodriver: PathBuf,
}

impl Toolbox {
    /// A program at the root of the repository, with our tools first on its PATH.
    pub fn command(&self, program: &str) -> Command {
        let mut command = if program == "cargo" { workspace::cargo() } else { Command::new(program) };
        command.current_dir(workspace::root()).env("PATH", &self.path);
        command
    }

    /// Node, told which browser to start.
    pub fn node(&self, script: &str) -> Command {
        let mut node = self.command("node");
        node.arg(script).env("CHROMIUM", &self.chromium).env("HEADLESS_SHELL", &self.headless_shell);
        node.env_remove("FORCE_COLOR");
        node
    }
}

/// `cargo xtask setup`: also says what to put on PATH to call the tools by hand.
pub fn print_environment(invocation: &Invocation) -> Result<()> {
    let toolbox = ensure(match invocation {
        Invocation { firefox: true, .. } => Needs::BrowserAndFirefox,
        Invocation { browser: true, .. } => Needs::Browser,
        _ => Needs::Build,
    })?;
    let folders = std::env::join_paths(&toolbox.added)?;
    println!("\nTo call them by hand (`trunk serve`):\n  export PATH=\"{}:$PATH\"", folders.display());
    Ok(())
}

pub fn ensure(needs: Needs) -> Result<Toolbox> {
    let began = Instant::now();
    println!("▸ setup: find or install the tools");
    wasm_target()?;
    let path = tools::search_path();
    let mut added = Vec::new();
    // Ours first: another of that name beside the others would be found before it.
    for tool in [tools::wasm_split(), tools::trunk(), tools::wasm_bindgen()?] {
        added.push(cargo_tool(&tool, &path)?);
    }
    // Nothing was built when all of them were there.
    let _left = std::fs::remove_dir_all(tools::building());
    added.push(npm_packages()?);
    let (mut chromium, mut headless_shell) = (PathBuf::new(), PathBuf::new());
    let (mut chromedriver, mut geckodriver) = (PathBuf::new(), PathBuf::new());
    if needs != Needs::Build {
        chromium = system_program("CHROMIUM", "chromium", &CHROMIUM)?;
        let shell = std::env::var_os("CHROMIUM").is_none().then(|| tools::on_path("chromium-headless-shell")).flatten();
        headless_shell = shell.unwrap_or_else(|| chromium.clone());
        chromedriver = system_program("CHROMEDRIVER", "chromedriver", &["chromium-driver"])?;
    }
    if needs == Needs::BrowserAndFirefox {
        system_program("FIREFOX", "firefox-esr", &["firefox-esr"])?;
        geckodriver = cargo_tool(&tools::geckodriver(), &path)?.join("geckodriver");
    }
    added.dedup();
    let path = std::env::join_paths(added.iter().chain(&path))?;
    println!("  setup: {}", seconds(began.elapsed()));
    Ok(Toolbox { path, added, chromium, headless_shell, chromedriver, geckodriver })
}

/// The target and the components of rust-toolchain.toml, also where rustup does not bring them by itself.
fn wasm_target() -> Result<()> {
    let sysroot = process::answer(Command::new("rustc").args(["--print", "sysroot"]).current_dir(workspace::root()))
        .context("`rustc` cannot be started: install Rust from https://rustup.rs.")?;
    let sysroot = PathBuf::from(sysroot.trim());
    if !sysroot.join("lib/rustlib/wasm32-unknown-unknown").exists() {
        rustup(&["target", "add", "wasm32-unknown-unknown"])?;
    }
    for (program, component) in [("cargo-fmt", "rustfmt"), ("cargo-clippy", "clippy")] {
        if !sysroot.join("bin").join(program).exists() {
            rustup(&["component", "add", component])?;
        }
    }
    Ok(())
}

fn rustup(arguments: &[&str]) -> Result<()> {
    process::run(Command::new("rustup").args(arguments).current_dir(workspace::root()))
}

/// The folder of a tool, after `cargo install` where it is missing.
fn cargo_tool(tool: &Tool, path: &[PathBuf]) -> Result<PathBuf> {
    if let Some(folder) = tool.find(path) {
        println!("  {} {} in {}", tool.program, tool.version, folder.display());
        return Ok(folder);
    }
    println!("  {} {} is missing: building it, once for this user; this takes minutes", tool.program, tool.version);
    // Quick to build beats quick to run: it is used for seconds.
    const PROFILE: [&str; 3] = ["lto=false", "opt-level=1", "codegen-units=16"];
    let mut install = workspace::cargo();
    install.args(["install", tool.krate, "--version", &tool.version]).args(tool.install);
    install.arg("--root").arg(tool.home());
    for setting in PROFILE {
        install.arg("--config").arg(format!("profile.release.{setting}"));
    }
    // What the tools have in common is built once, away from this workspace's target.
    install.env("CARGO_TARGET_DIR", tools::building());
    process::run(&mut install)?;
    tool.find(&[])
        .with_context(|| format!("{} was installed but does not answer with version {}.", tool.program, tool.version))
}

/// wasm-opt, Playwright and axe, exactly as e2e/package-lock.json has them.
fn npm_packages() -> Result<PathBuf> {
    let folder = workspace::root().join("e2e");
    let modules = folder.join("node_modules");
    let locked = std::fs::read_to_string(folder.join("package-lock.json"))?;
    let installed = std::fs::read_to_string(modules.join(".package-lock.json")).unwrap_or_default();
    if !same_packages(&locked, &installed) {
        println!("  packages of e2e/package-lock.json are missing: installing them");
        process::run(Command::new("npm").arg("ci").current_dir(&folder))
            .context("npm could not install: Node 20 or newer with npm is needed (apt-get install nodejs npm).")?;
    }
    Ok(modules.join(".bin"))
}

/// Whether npm's record of what it installed agrees with the lock file.
fn same_packages(locked: &str, installed: &str) -> bool {
    let packages = |text: &str| -> Option<serde_json::Map<String, Value>> {
        let mut lock: Value = serde_json::from_str(text).ok()?;
        let mut packages = lock["packages"].as_object_mut().map(std::mem::take)?;
        packages.remove("");
        Some(packages)
    };
    let (Some(locked), Some(installed)) = (packages(locked), packages(installed)) else { return false };
    locked
        .iter()
        .all(|(name, package)| installed.get(name).is_some_and(|present| present["integrity"] == package["integrity"]))
}

/// A program of the system: where a variable says, else on PATH, else from Debian's packages.
fn system_program(variable: &str, program: &str, packages: &[&str]) -> Result<PathBuf> {
    if let Some(named) = std::env::var_os(variable).map(PathBuf::from) {
        if !named.is_file() {
            bail!("${variable} names {}, which is not a file.", named.display());
        }
        return Ok(named);
    }
    if let Some(found) = tools::on_path(program) {
        println!("  {}", found.display());
        return Ok(found);
    }
    apt_install(program, packages)?;
    tools::on_path(program).with_context(|| format!("`{program}` is still not on PATH after its installation."))
}

/// Installs Debian's packages, when we may.
pub fn apt_install(program: &str, packages: &[&str]) -> Result<()> {
    let wanted = packages.join(" ");
    if tools::on_path("apt-get").is_none() {
        bail!("`{program}` is missing and there is no apt-get here: install it your system's way.");
    }
    let is_root = std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0);
    if !is_root {
        bail!("`{program}` is missing. Run this, then start again:\n  sudo apt-get install -y {wanted}");
    }
    let apt = |arguments: &[&str]| {
        process::run(Command::new("apt-get").args(arguments).env("DEBIAN_FRONTEND", "noninteractive"))
    };
    println!("  {program} is missing: installing {wanted}");
    apt(&["update", "-qq"])?;
    apt(&[["install", "-y", "-qq", "--no-install-recommends"].as_slice(), packages].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"{"packages": {"": {"name": "e2e"}, "node_modules/axe": {"integrity": "sha512-a"}}}"#;

    #[test]
    fn packages_are_the_same_when_npm_installed_what_the_lock_file_names() {
        assert!(same_packages(LOCK, r#"{"packages": {"node_modules/axe": {"integrity": "sha512-a"}}}"#));
    }

    #[test]
    fn an_older_a_missing_or_an_unreadable_installation_is_not_the_same() {
        assert!(!same_packages(LOCK, r#"{"packages": {"node_modules/axe": {"integrity": "sha512-b"}}}"#));
        assert!(!same_packages(LOCK, r#"{"packages": {}}"#));
        assert!(!same_packages(LOCK, ""));
    }
}

//! Brotli and gzip once after the build, not at every request.
//!
//! Through Node's zlib: it is there anyway (for the e2e packages), uses both cores, and is several times
//! faster than a Rust encoder in a debug build of this program.

use crate::process;
use crate::setup::Toolbox;
use anyhow::Result;
use std::path::Path;

pub fn compress(toolbox: &Toolbox, folder: &Path) -> Result<()> {
    let script = include_str!("compress.mjs");
    process::run(toolbox.command("node").args(["--input-type=module", "--eval", script]).arg(folder))
}

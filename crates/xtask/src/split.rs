//! Cuts the program into what a first visit needs and the parts that come later (`src/parts.rs`), and puts both in the
//! place of what Trunk made of the whole.

use crate::setup::Toolbox;
use crate::{process, workspace};
use anyhow::{Context, Result, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256, Sha384};
use std::fs;
use std::path::{Path, PathBuf};

/// What wasm-opt may use beyond the first version of WebAssembly: what rustc emits by default for the target. Files
/// that were cut off no longer say it themselves.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// The file with which the main one finds the others.
const LINK: &str = "__wasm_split.js";

/// Cuts `program` as Cargo built it, and makes the page in `folder` load what came of it.
pub fn split(toolbox: &Toolbox, folder: &Path, program: &str) -> Result<()> {
    let built = workspace::target().join("wasm32-unknown-unknown/wasm").join(program).with_extension("wasm");
    let (cut, app) = (emptied(&workspace::target().join("split"))?, emptied(&folder.join("app"))?);
    process::run(toolbox.command("wasm-split-cli").args([&built, &cut]).args(["--out-name", program]))?;
    let main = cut.join(program).with_extension("wasm");
    let mut bindgen = toolbox.command("wasm-bindgen");
    // The parts call into the main file by the names of the linker.
    bindgen.args(["--target", "web", "--no-typescript", "--keep-lld-exports", "--no-demangle"]);
    process::run(bindgen.args(["--out-name", program, "--out-dir"]).arg(&app).arg(&main))?;
    fs::remove_file(&main)?;
    fs::rename(app.join(format!("{program}_bg.wasm")), &main)?;
    for file in sorted(&cut)? {
        let name = file.file_name().context("A file of a folder has a name.")?;
        if file.extension().is_some_and(|ending| ending == "wasm") {
            let optimised =
                app.join(if file == main { format!("{program}_bg.wasm") } else { name.display().to_string() });
            let mut wasm_opt = toolbox.command("wasm-opt");
            process::run(wasm_opt.args(FEATURES).args(["--quiet", "-Oz", "--output"]).arg(optimised).arg(&file))?;
        } else {
            fs::copy(&file, app.join(name))?;
        }
    }
    let hashed = format!("app-{}", hash(&app)?);
    fs::rename(&app, folder.join(&hashed))?;
    load_from(folder, &hashed, program)
}

fn emptied(folder: &Path) -> Result<PathBuf> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    Ok(folder.to_owned())
}

fn sorted(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        files.push(entry?.path());
    }
    files.sort();
    Ok(files)
}

/// 16 hexadecimal digits of what all the files hold, as in Trunk's names: another build has another address.
fn hash(folder: &Path) -> Result<String> {
    let mut all = Sha256::new();
    let mut waiting = sorted(folder)?;
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(sorted(&path)?);
        } else {
            all.update(fs::read(path)?);
        }
    }
    Ok(domain::text::hex(&all.finalize()[..8]))
}

/// Puts the files of `app` into the page in the place of Trunk's, which are removed.
fn load_from(folder: &Path, app: &str, program: &str) -> Result<()> {
    let index = folder.join("index.html");
    let mut html = fs::read_to_string(&index)?;
    let mut replaced_files = Vec::new();
    for (ending, ours) in [(".js", format!("{program}.js")), ("_bg.wasm", format!("{program}_bg.wasm"))] {
        let theirs = sorted(folder)?.into_iter().find_map(|file| {
            let name = file.file_name()?.to_str()?.to_owned();
            (name.starts_with(&format!("{program}-")) && name.ends_with(ending)).then_some(name)
        });
        let theirs = theirs.with_context(|| format!("Trunk made no {program}-…{ending}"))?;
        let (old, new) = (integrity(&folder.join(&theirs))?, integrity(&folder.join(app).join(&ours))?);
        html = replaced(&html, &format!("/{theirs}"), &format!("/{app}/{ours}"))?;
        html = replaced(&html, &old, &new)?;
        replaced_files.push(folder.join(theirs));
    }
    // The main file asks for it first of all.
    let link = integrity(&folder.join(app).join(LINK))?;
    let preload =
        format!(r#"<link rel="modulepreload" href="/{app}/{LINK}" crossorigin="anonymous" integrity="{link}"></head>"#);
    html = replaced(&html, "</head>", &preload)?;
    fs::write(index, html)?;
    for file in replaced_files {
        fs::remove_file(file)?;
    }
    Ok(())
}

fn replaced(html: &str, old: &str, new: &str) -> Result<String> {
    if !html.contains(old) {
        bail!("The page that Trunk built does not name {old}.");
    }
    Ok(html.replace(old, new))
}

/// As in the attribute `integrity`.
fn integrity(file: &Path) -> Result<String> {
    Ok(format!("sha384-{}", STANDARD.encode(Sha384::digest(fs::read(file)?))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_loads_the_cut_files_and_still_says_what_they_must_be() {
        let folder = emptied(&std::env::temp_dir().join(format!("bottega-split-{}", std::process::id()))).unwrap();
        fs::write(folder.join("shop-0123456789abcdef.js"), "old").unwrap();
        fs::write(folder.join("shop-0123456789abcdef_bg.wasm"), "older").unwrap();
        let html = format!(
            "<head><script>import '/shop-0123456789abcdef.js'; init('/shop-0123456789abcdef_bg.wasm')</script>\
             <link href=\"/shop-0123456789abcdef.js\" integrity=\"{}\"><link integrity=\"{}\"></head>",
            integrity(&folder.join("shop-0123456789abcdef.js")).unwrap(),
            integrity(&folder.join("shop-0123456789abcdef_bg.wasm")).unwrap(),
        );
        fs::write(folder.join("index.html"), html).unwrap();
        let app = emptied(&folder.join("app-1")).unwrap();
        for name in ["shop.js", "shop_bg.wasm", LINK] {
            fs::write(app.join(name), name).unwrap();
        }
        load_from(&folder, "app-1", "shop").unwrap();
        let html = fs::read_to_string(folder.join("index.html")).unwrap();
        assert!(html.contains("import '/app-1/shop.js'; init('/app-1/shop_bg.wasm')"), "{html}");
        for name in ["shop.js", "shop_bg.wasm", LINK] {
            assert!(html.contains(&integrity(&app.join(name)).unwrap()), "{name}: {html}");
        }
        assert!(!folder.join("shop-0123456789abcdef.js").exists());
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_page_without_the_name_is_refused_and_not_served_half_changed() {
        assert!(replaced("<head></head>", "/shop.js", "/app-1/shop.js").is_err());
    }
}

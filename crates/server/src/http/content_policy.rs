//! The content security policy: what a page of ours may load and run.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The policy for a built `index.html`: its own inline scripts by hash, and nothing else inline.
///
/// Frames only of ourselves: the demo shows both phones side by side.
pub fn policy(index_html: &str) -> String {
    let inline: String = inline_scripts(index_html).map(|script| format!(" '{}'", source(script))).collect();
    [
        "default-src 'none'",
        &format!("script-src 'self'{inline} 'wasm-unsafe-eval'"),
        "style-src 'self'",
        "img-src 'self' blob: data:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "frame-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
        "require-trusted-types-for 'script'",
        "trusted-types default",
    ]
    .join("; ")
}

/// The hash by which a policy allows a script: of exactly the text between its tags.
fn source(script: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(script)))
}

/// The text of each `<script>` without `src`.
fn inline_scripts(html: &str) -> impl Iterator<Item = &str> {
    html.split("<script").skip(1).filter_map(|rest| {
        let (attributes, text) = rest.split_once('>')?;
        let has_source = attributes.split_whitespace().any(|attribute| attribute.starts_with("src="));
        if has_source { None } else { text.split_once("</script>").map(|(script, _)| script) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inline_script_is_hashed_as_the_browser_does_it() {
        // The example of the CSP specification.
        assert_eq!(source("alert('Hello, world.');"), "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=");
    }

    #[test]
    fn only_scripts_without_a_source_are_inline() {
        let html = "<script src=\"/a.js\"></script><script type=\"module\">\nrun()\n</script><script>two</script>";
        assert_eq!(inline_scripts(html).collect::<Vec<_>>(), ["\nrun()\n", "two"]);
    }

    #[test]
    fn a_page_without_inline_scripts_allows_none() {
        let policy = policy("<script src=/a.js></script>");
        assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval'; "));
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
    }
}

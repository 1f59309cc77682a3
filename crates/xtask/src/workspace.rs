//! Where things are, and what the workspace's packages offer.

use anyhow::{Context, Result};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The root of the repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("this crate is at crates/xtask")
}

/// Cargo's target directory; what we build goes there too.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |named| root().join(named))
}

/// `cargo`, at the root of the repository.
pub fn cargo() -> Command {
    let mut cargo = Command::new("cargo");
    // Cargo gives its children the [env] of its configuration; handed on, it would look like another build.
    cargo.current_dir(root()).env_remove("RUSTC_BOOTSTRAP");
    cargo
}

/// What `cargo metadata` knows about our own packages.
pub struct Packages(Value);

impl Packages {
    pub fn read() -> Result<Self> {
        let json =
            crate::process::answer(cargo().args(["metadata", "--no-deps", "--format-version", "1", "--offline"]))
                .context("`cargo metadata` failed: run it by hand to see why.")?;
        Ok(Self(serde_json::from_str(&json)?))
    }

    /// Those of `wanted` that the package declares, joined as Cargo likes it.
    pub fn features(&self, package: &str, wanted: &[&str]) -> String {
        let declared = &self.package(package)["features"];
        let has = |feature: &&&str| declared.get(**feature).is_some();
        wanted.iter().filter(has).map(|feature| format!("{package}/{feature}")).collect::<Vec<_>>().join(",")
    }

    /// Whether the package has an integration test of that name.
    pub fn has_test(&self, package: &str, test: &str) -> bool {
        let targets = self.package(package)["targets"].as_array();
        targets
            .is_some_and(|targets| targets.iter().any(|target| target["kind"][0] == "test" && target["name"] == test))
    }

    fn package(&self, name: &str) -> &Value {
        let packages = self.0["packages"].as_array();
        packages.and_then(|all| all.iter().find(|package| package["name"] == name)).unwrap_or(&Value::Null)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_where_the_workspace_is_declared() {
        assert!(std::fs::read_to_string(root().join("Cargo.toml")).unwrap().contains("[workspace]"));
    }

    #[test]
    fn only_declared_features_are_asked_for() {
        let packages = Packages(serde_json::json!({"packages": [{"name": "api", "features": {"router": []}}]}));
        assert_eq!(packages.features("api", &["router", "contract"]), "api/router");
        assert_eq!(packages.features("absent", &["router"]), "");
    }

    #[test]
    fn only_integration_tests_count_as_tests() {
        let targets = serde_json::json!([{"kind": ["bin"], "name": "simulator"}, {"kind": ["test"], "name": "story"}]);
        let packages = Packages(serde_json::json!({"packages": [{"name": "domain", "targets": targets}]}));
        assert!(packages.has_test("domain", "story"));
        assert!(!packages.has_test("domain", "simulator"));
    }
}

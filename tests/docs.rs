//! Documents that drift are worse than none: what they name must exist.

#![expect(
    clippy::unwrap_used,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "a test: what is unexpected ends it"
)]

use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn text(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap()
}

fn all_code(folder: &Path, into: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all_code(&path, into);
        } else if path.extension().is_some_and(|e| e == "rs") {
            into.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
}

/// What stands between backticks, outside of fenced blocks.
fn quoted(text: &str) -> Vec<String> {
    let mut fenced = false;
    let mut found = Vec::new();
    for line in text.lines() {
        if line.starts_with("```") || line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            found.extend(line.split('`').skip(1).step_by(2).map(str::to_owned));
        }
    }
    found
}

#[test]
fn every_path_that_is_named_exists() {
    let mut missing = Vec::new();
    for document in ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md", "README.zh-CN.md"] {
        for word in quoted(&text(document)) {
            let is_path =
                word.contains('/') || word.ends_with(".md") || word.ends_with(".example.toml");
            let ours = ["src/", "tests/", "assets", ".ci/"].iter().any(|p| word.starts_with(p))
                || word.ends_with(".md")
                || word.ends_with(".example.toml");
            if is_path && ours && !root().join(&word).exists() {
                missing.push(format!("{document}: {word}"));
            }
        }
    }
    assert!(missing.is_empty(), "named but not there:\n{}", missing.join("\n"));
}

#[test]
fn every_type_that_the_architecture_names_exists() {
    let mut code = String::new();
    all_code(&root().join("src"), &mut code);
    let mut missing = Vec::new();
    for word in quoted(&text("ARCHITECTURE.md")) {
        let is_type = word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().all(char::is_alphanumeric);
        let declared = ["struct", "enum", "trait"]
            .iter()
            .any(|kind| code.contains(&format!("pub {kind} {word}")));
        if is_type && !declared {
            missing.push(word);
        }
    }
    assert!(missing.is_empty(), "no such type: {missing:?}");
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest = text("Cargo.toml");
    let reasons = text("CONTRIBUTING.md");
    let table: Vec<&str> = reasons.lines().filter(|l| l.starts_with("| ")).collect();
    let mut missing = Vec::new();
    let mut inside = false;
    for line in manifest.lines() {
        if let Some(section) = line.strip_prefix('[') {
            inside = section.starts_with("dependencies") || section.starts_with("dev-dependencies");
        } else if inside
            && let Some((name, _)) = line.split_once('=')
            && !name.starts_with('#')
        {
            let name = name.trim();
            let named = |row: &&str| {
                let first = row.split('|').nth(1).unwrap_or_default();
                first.split(',').any(|c| c.trim() == name)
            };
            if !table.iter().any(named) {
                missing.push(name.to_owned());
            }
        }
    }
    assert!(missing.is_empty(), "no reason in CONTRIBUTING.md: {missing:?}");
}

#[test]
fn both_readmes_tell_the_same_commands() {
    let commands = |name: &str| -> Vec<String> {
        let mut fenced = false;
        let mut found = Vec::new();
        for line in text(name).lines().map(str::trim) {
            if line.starts_with("```") {
                fenced = !fenced;
            } else if fenced {
                found.push(line.split(" #").next().unwrap_or_default().trim().to_owned());
            }
        }
        found
    };
    assert_eq!(commands("README.md"), commands("README.zh-CN.md"));
}

/// `UPDATE_DOCS=1 cargo test --test docs` writes the tables anew.
#[test]
fn the_key_tables_are_the_keymap() {
    use huifang::i18n::Lang;
    use huifang::ui::keymap::key_table_markdown;
    const BEGIN: &str = "<!-- keys: generated, compared by a test -->\n";
    const END: &str = "<!-- /keys -->";
    for (name, lang) in [("README.md", Lang::En), ("README.zh-CN.md", Lang::Zh)] {
        let document = text(name);
        let (before, rest) = document.split_once(BEGIN).unwrap();
        let (found, after) = rest.split_once(END).unwrap();
        let table = key_table_markdown(lang);
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(root().join(name), format!("{before}{BEGIN}{table}{END}{after}"))
                .unwrap();
        } else {
            assert_eq!(found, table, "{name}: run UPDATE_DOCS=1 cargo test --test docs");
        }
    }
}

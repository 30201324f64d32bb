//! The sources of a crate, parsed.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// A module by its path from the crate's root; the root is empty.
pub type ModulePath = Vec<String>;

/// The files of a crate by the module that each is.
pub type Files = BTreeMap<ModulePath, syn::File>;

/// Parses every file below a folder of sources. Programs in `bin/` are crates of their own and left out.
///
/// # Errors
/// A file that cannot be read or parsed; it is named.
pub fn read(src: &Path) -> Result<Files> {
    let mut files = Files::new();
    walk(src, &mut Vec::new(), &mut files)?;
    Ok(files)
}

fn walk(folder: &Path, module: &mut ModulePath, files: &mut Files) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    for entry in entries {
        let path = entry?.path();
        let name = path
            .file_stem()
            .context("a file without a name")?
            .to_string_lossy()
            .into_owned();
        if path.is_dir() {
            if !(module.is_empty() && name == "bin") {
                module.push(name);
                walk(&path, module, files)?;
                module.pop();
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            let file = syn::parse_file(&text).with_context(|| path.display().to_string())?;
            let mut place = module.clone();
            if !matches!(name.as_str(), "lib" | "main" | "mod") {
                place.push(name);
            }
            files.insert(place, file);
        }
    }
    Ok(())
}

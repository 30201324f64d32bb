//! ModuleArrows between the modules of a crate, and the circles among them.
//!
//! A module stands on another where it names something that is *defined* there: what a module merely passes on (`pub use`) is
//! followed to where it stands. Names in macros are not seen.

use std::collections::{BTreeMap, BTreeSet};

use syn::visit::{self, Visit};
use syn::{File, Item, ItemMod, Path, UseTree, Visibility};

use crate::sources::{Files, ModulePath};

/// A module to the modules that it stands on.
pub type ModuleArrows = BTreeMap<ModulePath, BTreeSet<ModulePath>>;

/// A path as written, and the name under which a `use` brings it in.
struct Named {
    path: Vec<String>,
    name: String,
}

/// All paths of a file.
#[derive(Default)]
struct Paths {
    /// `use` lines that stay inside the module.
    used: Vec<Named>,
    /// `pub use` lines of any width: what the module passes on.
    passed_on: Vec<Named>,
    /// Paths of two or more names in expressions, types and patterns.
    inline: Vec<Vec<String>>,
}

fn flatten(tree: &UseTree, before: &[String], found: &mut Vec<Named>) {
    let with = |name: &syn::Ident| {
        let mut path = before.to_vec();
        path.push(name.to_string());
        path
    };
    match tree {
        UseTree::Path(path) => flatten(&path.tree, &with(&path.ident), found),
        UseTree::Name(name) if name.ident == "self" => {
            let name = before.last().cloned().unwrap_or_default();
            found.push(Named {
                path: before.to_vec(),
                name,
            });
        }
        UseTree::Name(name) => found.push(Named {
            path: with(&name.ident),
            name: name.ident.to_string(),
        }),
        UseTree::Rename(rename) => found.push(Named {
            path: with(&rename.ident),
            name: rename.rename.to_string(),
        }),
        UseTree::Glob(_) => found.push(Named {
            path: before.to_vec(),
            name: "*".to_owned(),
        }),
        UseTree::Group(group) => group.items.iter().for_each(|tree| flatten(tree, before, found)),
    }
}

impl<'a> Visit<'a> for Paths {
    fn visit_item_use(&mut self, item: &'a syn::ItemUse) {
        let found = match item.vis {
            Visibility::Inherited => &mut self.used,
            _ => &mut self.passed_on,
        };
        flatten(&item.tree, &[], found);
    }

    fn visit_path(&mut self, path: &'a Path) {
        if path.leading_colon.is_none() && path.segments.len() > 1 {
            self.inline.push(
                path.segments
                    .iter()
                    .map(|segment| segment.ident.to_string())
                    .collect(),
            );
        }
        visit::visit_path(self, path);
    }

    /// Tests inside a module may reach anywhere.
    fn visit_item_mod(&mut self, item: &'a ItemMod) {
        let test = item
            .attrs
            .iter()
            .any(|attribute| attribute.path().is_ident("cfg"));
        if !test {
            visit::visit_item_mod(self, item);
        }
    }
}

/// What a crate's sources say of where things are.
struct Tree<'a> {
    files: &'a Files,
    paths: BTreeMap<&'a ModulePath, Paths>,
    defined: BTreeMap<&'a ModulePath, BTreeSet<String>>,
}

impl<'a> Tree<'a> {
    fn of(files: &'a Files) -> Self {
        let paths = |file: &File| {
            let mut paths = Paths::default();
            paths.visit_file(file);
            paths
        };
        Self {
            files,
            paths: files.iter().map(|(module, file)| (module, paths(file))).collect(),
            defined: files
                .iter()
                .map(|(module, file)| (module, defined(file)))
                .collect(),
        }
    }

    /// The module in which what a path names is defined; `None` where that is outside the crate, or not seen. `hops` ends
    /// circles of modules that pass things on to each other.
    fn home(&self, from: &ModulePath, path: &[String], hops: u8) -> Option<ModulePath> {
        let mut rest = path.iter();
        let mut at = match rest.next()?.as_str() {
            "crate" => ModulePath::new(),
            "self" => from.clone(),
            "super" => parent(from)?,
            first => self.begin(from, first, hops)?,
        };
        for name in rest {
            if name == "super" {
                at = parent(&at)?;
                continue;
            }
            let mut child = at.clone();
            child.push(name.clone());
            if self.files.contains_key(&child) {
                at = child;
                continue;
            }
            return self.item(&at, name, hops).or(Some(at));
        }
        Some(at)
    }

    /// Where a path begins that starts with a name: a child module, or something brought in by `use`.
    fn begin(&self, from: &ModulePath, first: &str, hops: u8) -> Option<ModulePath> {
        let mut child = from.clone();
        child.push(first.to_owned());
        if self.files.contains_key(&child) {
            return Some(child);
        }
        let used = self
            .paths
            .get(from)?
            .used
            .iter()
            .find(|named| named.name == first)?;
        self.home(from, &used.path, hops.checked_sub(1)?)
    }

    /// Where an item that a module names is defined: there, or where a `pub use` leads.
    fn item(&self, module: &ModulePath, name: &str, hops: u8) -> Option<ModulePath> {
        if self.defined.get(module)?.contains(name) {
            return Some(module.clone());
        }
        let passed_on = &self.paths.get(module)?.passed_on;
        let fits = |named: &&Named| named.name == name || named.name == "*";
        let named = passed_on.iter().find(fits)?;
        self.home(module, &named.path, hops.checked_sub(1)?)
    }
}

fn parent(module: &ModulePath) -> Option<ModulePath> {
    module.split_last().map(|(_, parent)| parent.to_vec())
}

/// The names of a file's items.
fn defined(file: &File) -> BTreeSet<String> {
    let name = |item: &Item| match item {
        Item::Const(item) => Some(item.ident.to_string()),
        Item::Enum(item) => Some(item.ident.to_string()),
        Item::Fn(item) => Some(item.sig.ident.to_string()),
        Item::Macro(item) => item.ident.as_ref().map(ToString::to_string),
        Item::Static(item) => Some(item.ident.to_string()),
        Item::Struct(item) => Some(item.ident.to_string()),
        Item::Trait(item) => Some(item.ident.to_string()),
        Item::Type(item) => Some(item.ident.to_string()),
        _ => None,
    };
    file.items.iter().filter_map(name).collect()
}

/// How often a name may be passed on before it is found.
const HOPS: u8 = 8;

/// Which module stands on which.
pub fn arrows(files: &Files) -> ModuleArrows {
    let tree = Tree::of(files);
    let of = |(module, paths): (&&ModulePath, &Paths)| {
        let used = paths.used.iter().map(|named| &named.path);
        let homes = used
            .chain(&paths.inline)
            .filter_map(|path| tree.home(module, path, HOPS));
        let others = homes.filter(|home| home != *module).collect();
        ((*module).clone(), others)
    };
    tree.paths.iter().map(of).collect()
}

/// The circles: sets of modules each of which reaches all others of its set.
pub fn circles(arrows: &ModuleArrows) -> Vec<BTreeSet<ModulePath>> {
    let reach: BTreeMap<&ModulePath, BTreeSet<&ModulePath>> = arrows
        .keys()
        .map(|module| (module, reached(arrows, module)))
        .collect();
    let mut circles: Vec<BTreeSet<ModulePath>> = Vec::new();
    for (module, others) in &reach {
        let back = |other: &&ModulePath| reach.get(other).is_some_and(|from| from.contains(module));
        let circle: BTreeSet<ModulePath> = others.iter().copied().filter(back).cloned().collect();
        if circle.len() > 1 && !circles.contains(&circle) {
            circles.push(circle);
        }
    }
    circles
}

/// Every module at the end of a way of one arrow or more.
fn reached<'a>(arrows: &'a ModuleArrows, from: &ModulePath) -> BTreeSet<&'a ModulePath> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&ModulePath> = arrows.get(from).into_iter().flatten().collect();
    while let Some(module) = open.pop() {
        if reached.insert(module) {
            open.extend(arrows.get(module).into_iter().flatten());
        }
    }
    reached
}

/// The names outside the crate that its sources begin paths of more than one name with, `std::fs` and the like as two.
pub fn outside(files: &Files) -> BTreeSet<String> {
    let tree = Tree::of(files);
    let all = tree.paths.values();
    let paths = all.flat_map(|paths| {
        let used = paths.used.iter().chain(&paths.passed_on);
        used.map(|named| &named.path).chain(&paths.inline)
    });
    paths
        .map(|path| path.iter().take(2).cloned().collect::<Vec<_>>().join("::"))
        .collect()
}

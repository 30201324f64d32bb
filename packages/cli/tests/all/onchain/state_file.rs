//! The file of deployments keeps what others wrote, and is never half-written.

use gridpact_cli::onchain::files;
use gridpact_cli::onchain::state_file::StateFile;
use gridpact_cli::onchain::{GridContracts, REGISTRY};

use crate::folder;

/// As cw-orchestrator writes it, with a contract of another project.
const OTHERS: &str = r#"{
  "juno-1": { "code_ids": { "counter": 7 }, "default": { "counter": "juno1xyz" } },
  "nowhere-1": { "code_ids": { "counter": 9 }, "default": { "counter": "wasm1abc" } }
}"#;

#[test]
fn what_is_noted_is_read_back_and_what_others_noted_stays() {
    let folder = folder("state_file");
    std::fs::write(folder.join("state.json"), OTHERS).unwrap();
    let mut state = StateFile::read(&folder).unwrap();
    state.set_code_id("nowhere-1", REGISTRY, 3).unwrap();
    state
        .set_address("nowhere-1", "example", REGISTRY, "wasm1def")
        .unwrap();
    state.write().unwrap();

    let read = StateFile::read(&folder).unwrap();
    assert_eq!(read, state);
    assert_eq!(read.code_id("nowhere-1", REGISTRY), Some(3));
    assert_eq!(read.code_id("nowhere-1", "counter"), Some(9));
    assert_eq!(read.address("nowhere-1", "example", REGISTRY), Some("wasm1def"));
    assert_eq!(read.address("juno-1", "default", "counter"), Some("juno1xyz"));
    assert_eq!(read.code_id("elsewhere-1", REGISTRY), None);
    assert!(!folder.join("state.json.part").exists());
}

#[test]
fn the_only_grid_of_a_chain_needs_no_name() {
    let folder = folder("one_grid");
    let mut state = StateFile::read(&folder).unwrap();
    let none = GridContracts::find(&state, "nowhere-1", None)
        .unwrap_err()
        .to_string();
    assert!(
        none.contains("has no grid on nowhere-1; gridpact deploy makes one"),
        "{none}"
    );

    state
        .set_address("nowhere-1", "north", REGISTRY, "wasm1north")
        .unwrap();
    let north = GridContracts::find(&state, "nowhere-1", None).unwrap();
    assert_eq!(north.registry().unwrap(), "wasm1north");
    let missing = north.escrow().unwrap_err().to_string();
    assert!(
        missing.contains("grid north: pledge-escrow is not deployed yet"),
        "{missing}"
    );

    state
        .set_address("nowhere-1", "south", REGISTRY, "wasm1south")
        .unwrap();
    let several = GridContracts::find(&state, "nowhere-1", None)
        .unwrap_err()
        .to_string();
    assert!(
        several.contains("--grid: expected one of north, south, got none"),
        "{several}"
    );
    let south = GridContracts::find(&state, "nowhere-1", Some("south")).unwrap();
    assert_eq!(south.name, "south");
    let unknown = GridContracts::find(&state, "nowhere-1", Some("east"))
        .unwrap_err()
        .to_string();
    assert!(
        unknown.contains("expected one of north, south") && unknown.contains("got `east`"),
        "{unknown}"
    );
}

#[test]
fn a_state_file_that_is_none_is_refused_and_left_alone() {
    let folder = folder("no_state_file");
    std::fs::write(folder.join("state.json"), "[1]").unwrap();
    let error = format!("{:#}", StateFile::read(&folder).unwrap_err());
    assert!(error.contains("state.json"), "{error}");

    std::fs::write(folder.join("state.json"), r#"{"nowhere-1": {"code_ids": 5}}"#).unwrap();
    let mut state = StateFile::read(&folder).unwrap();
    let error = state
        .set_code_id("nowhere-1", REGISTRY, 3)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("expected an object at nowhere-1.code_ids"),
        "{error}"
    );
}

#[test]
fn one_program_at_a_time_holds_the_folder() {
    let folder = folder("lock");
    let held = files::lock(&folder).unwrap();
    let error = files::lock(&folder).unwrap_err().to_string();
    assert!(error.contains("another one is running"), "{error}");
    drop(held);
    files::lock(&folder).unwrap();
}

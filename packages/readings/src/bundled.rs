//! The weeks built into the program, so that it runs without any file. Made by `examples/extract.rs`.

use anyhow::{bail, Result};

use crate::{simbench, table::Table, Dataset, Selection};

/// Opens a table of the extract.
fn open(name: &str) -> Result<Table> {
    let bytes: &'static [u8] = match name {
        simbench::LOADS => include_bytes!("../data/simbench-lv3-101/loads_LV3.101.csv"),
        simbench::PV_SYSTEMS => include_bytes!("../data/simbench-lv3-101/res_LV3.101.csv"),
        simbench::LOAD_PROFILES => include_bytes!("../data/simbench-lv3-101/h0_profiles_15min_2016.csv"),
        simbench::PV_PROFILES => include_bytes!("../data/simbench-lv3-101/pv_profiles_15min_2016.csv"),
        other => bail!("{other} is not built in"),
    };
    Table::from_bytes(name, bytes)
}

/// Reads the extract.
pub fn load() -> Result<Dataset> {
    let mut dataset = simbench::read(
        &open,
        simbench::LOADS,
        simbench::PV_SYSTEMS,
        None,
        &Selection::default(),
    )?;
    dataset.name = "SimBench LV3.101, a winter and a summer week".to_owned();
    Ok(dataset)
}

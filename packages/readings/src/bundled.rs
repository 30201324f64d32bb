//! The weeks built into the program, so that it runs without any file. Made by `examples/extract.rs`.

use std::io::{self, Read};

use crate::dataset::Dataset;
use crate::error::Error;
use crate::file::Folder;
use crate::selection::Selection;
use crate::simbench;

/// The files of the extract.
const FILES: [(&str, &[u8]); 4] = [
    (
        simbench::LOADS,
        include_bytes!("../data/simbench-lv3-101/loads_LV3.101.csv"),
    ),
    (
        simbench::PV_SYSTEMS,
        include_bytes!("../data/simbench-lv3-101/res_LV3.101.csv"),
    ),
    (
        simbench::LOAD_PROFILES,
        include_bytes!("../data/simbench-lv3-101/h0_profiles_15min_2016.csv"),
    ),
    (
        simbench::PV_PROFILES,
        include_bytes!("../data/simbench-lv3-101/pv_profiles_15min_2016.csv"),
    ),
];

/// The extract as a folder.
struct Extract;

impl Folder for Extract {
    fn list(&self) -> io::Result<Vec<String>> {
        Ok(FILES.iter().map(|(name, _)| (*name).to_owned()).collect())
    }

    fn open(&self, name: &str) -> io::Result<Box<dyn Read + '_>> {
        let file = FILES.iter().find(|(known, _)| *known == name);
        let (_, bytes) = file.ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(*bytes))
    }
}

/// Reads the extract.
pub(crate) fn load() -> Result<Dataset, Error> {
    let mut dataset = simbench::load(&Extract, &Selection::default())?;
    dataset.name = "SimBench LV3.101, a winter and a summer week".to_owned();
    Ok(dataset)
}

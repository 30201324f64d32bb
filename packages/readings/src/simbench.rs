//! SimBench low-voltage grids: a folder with loads, PV systems and profiles. Either a grid as it is published, with `Load.csv`,
//! `RES.csv`, `LoadProfile.csv` and `RESProfile.csv`; or an extract of LV3.101, whose profiles are those of households and PV alone.
//!
//! kWh of an interval = profile value x pLoad or pRES (MW) x 1,000 x hours. A PV system stands behind the meter of the
//! household at its node; a meter sees the net of both, rounded to 1 Wh as meters resolve it.

mod devices;
mod profiles;

use gridpact_units::{Energy, IntervalLength, Reading};

use crate::clock::Zone;
use crate::csv_rows::CsvRows;
use crate::dataset::{check_size, Dataset, Stretch};
use crate::error::Error;
use crate::file::Folder;
use crate::packed::{Energies, Readings};
use crate::selection::Selection;
use devices::{Lists, Street};
use profiles::{Moment, Profiles, STEP};

/// Files of the folder.
pub(crate) const LOADS: &str = "loads_LV3.101.csv";
/// PV systems of LV3.101.
pub(crate) const PV_SYSTEMS: &str = "res_LV3.101.csv";
/// Household profiles.
pub(crate) const LOAD_PROFILES: &str = "h0_profiles_15min_2016.csv";
/// PV profiles.
pub(crate) const PV_PROFILES: &str = "pv_profiles_15min_2016.csv";
/// Loads of any grid as SimBench publishes it.
pub(crate) const PUBLISHED_LOADS: &str = "Load.csv";
/// All files of one.
const PUBLISHED: Lists = Lists {
    loads: PUBLISHED_LOADS,
    pv_systems: "RES.csv",
    load_profiles: "LoadProfile.csv",
    pv_profiles: "RESProfile.csv",
};
/// The extract of LV3.101.
const EXTRACT: Lists = Lists {
    loads: LOADS,
    pv_systems: PV_SYSTEMS,
    load_profiles: LOAD_PROFILES,
    pv_profiles: PV_PROFILES,
};
/// Beside the extract, homes of all low-voltage grids.
const ALL_LOADS: &str = "all_lv_household_loads.csv.gz";
const ALL_PV_SYSTEMS: &str = "all_lv_res.csv.gz";

/// SimBench's licence and the paper to cite.
const ATTRIBUTION: &str = "Contains data from SimBench 1.6.3 (simbench.de), ODbL 1.0, contents DbCL 1.0. \
    S. Meinecke et al., SimBench - A Benchmark Dataset of Electric Power Systems to Compare Innovative Solutions \
    Based on Power Flow Analysis, Energies 13(12), 3290, 2020, doi:10.3390/en13123290.";

/// One Wh in units of profile (10^-12) x power (mW) x 15 minutes.
const WATT_HOUR: i128 = 1_000_000_000_000 * 1_000 * 4;

/// Reads a folder. More homes than LV3.101 has are taken from the list of all low-voltage grids, in its order.
pub(crate) fn load(folder: &dyn Folder, selection: &Selection) -> Result<Dataset, Error> {
    if holds(folder, PUBLISHED.loads)? {
        let mut dataset = read(folder, &PUBLISHED, None, selection)?;
        dataset.name = "SimBench grid".to_owned();
        return Ok(dataset);
    }
    let homes = match selection.homes {
        Some(homes) if homes > EXTRACT.meters(folder)? && holds(folder, ALL_LOADS)? => homes,
        _ => return read(folder, &EXTRACT, None, selection),
    };
    let lists = Lists {
        loads: ALL_LOADS,
        pv_systems: ALL_PV_SYSTEMS,
        ..EXTRACT
    };
    let mut dataset = read(folder, &lists, Some(homes), selection)?;
    dataset.name = "SimBench low-voltage grids".to_owned();
    let note = format!("the first {homes} homes in SimBench's list of low-voltage household loads");
    dataset.notes.push(note);
    Ok(dataset)
}

fn holds(folder: &dyn Folder, name: &str) -> Result<bool, Error> {
    let files = folder.list().map_err(|source| Error::Unreadable {
        file: "the folder".to_owned(),
        source,
    })?;
    Ok(files.iter().any(|file| file == name))
}

/// Reads the four tables. With `homes` given, only the first so many, and no PV system without a home. Rows outside the
/// selected time are checked, but not kept: a year of 1,000 homes would fill the memory for the sake of a week.
fn read(
    folder: &dyn Folder,
    lists: &Lists,
    homes: Option<usize>,
    selection: &Selection,
) -> Result<Dataset, Error> {
    let load_profiles = CsvRows::of(folder, lists.load_profiles)?;
    let pv_profiles = CsvRows::of(folder, lists.pv_profiles)?;
    let street = Street::read(folder, lists, (&load_profiles, &pv_profiles), homes)?;
    let mut profiles = Profiles::new(load_profiles, pv_profiles);
    let mut kept = Kept::new(street.meters.len(), selection);
    while let Some(moment) = profiles.advance()? {
        if kept.takes(&moment)? {
            kept.push(profiles.powers(&street)?);
        }
    }
    if let (Some(last), true) = (profiles.last(), kept.readings.is_empty()) {
        return Err(Error::NothingSelected {
            covered: format!("the profiles end on {}", Zone::CentralEurope.local(last).date()),
        });
    }
    Ok(Dataset {
        name: "SimBench LV3.101".to_owned(),
        attribution: ATTRIBUTION.to_owned(),
        notes: vec![
            "times are Central European with summer time, as the file's own gap and repeated hour show"
                .to_owned(),
            "a PV system at a node without a household load is a producer with a meter of its own".to_owned(),
        ],
        findings: vec![],
        zone: Zone::CentralEurope,
        interval: IntervalLength::QUARTER_HOUR,
        stretches: kept.stretches,
        meters: street.meters,
        readings: kept.readings,
        own_use: Some(kept.own_use),
    })
}

/// The selected readings so far.
struct Kept {
    meters: usize,
    from: u64,
    /// The most intervals of a stretch: of days of 100 at most, which are cut by the clock later.
    most: usize,
    last: Option<u64>,
    stretches: Vec<Stretch>,
    readings: Readings,
    own_use: Energies,
}

impl Kept {
    fn new(meters: usize, selection: &Selection) -> Self {
        let from = selection.from;
        let from = from.and_then(|from| from.moment(Zone::CentralEurope));
        Self {
            meters,
            from: from.unwrap_or_default().0,
            most: selection
                .days
                .map_or(usize::MAX, |days| (days as usize).saturating_mul(100)),
            last: None,
            stretches: Vec::new(),
            readings: Readings::default(),
            own_use: Energies::default(),
        }
    }

    /// Whether this quarter hour is selected; if so, it is counted, and its readings come next.
    fn takes(&mut self, moment: &Moment) -> Result<bool, Error> {
        let full = self
            .stretches
            .last()
            .is_some_and(|stretch| stretch.intervals == self.most);
        if moment.utc < self.from || (moment.follows && full) {
            return Ok(false);
        }
        let next = self.last.map(|last| last.saturating_add(STEP));
        if next != Some(moment.utc) {
            self.stretches.push(Stretch {
                first: IntervalLength::QUARTER_HOUR.index_at(moment.utc),
                intervals: 0,
            });
        }
        if let Some(stretch) = self.stretches.last_mut() {
            stretch.intervals = stretch.intervals.saturating_add(1);
        }
        self.last = Some(moment.utc);
        let intervals: usize = self.stretches.iter().map(|stretch| stretch.intervals).sum();
        check_size(self.meters, intervals)?;
        Ok(true)
    }

    /// What every meter used and generated, netted behind the meter.
    fn push(&mut self, powers: impl Iterator<Item = (i128, i128)>) {
        for (load, generation) in powers {
            self.readings.push(Reading::measured(
                watt_hours(load.saturating_sub(generation)),
                watt_hours(generation.saturating_sub(load)),
            ));
            self.own_use
                .push(watt_hours(load.min(generation)).milliwatt_hours());
        }
    }
}

/// Rounded to the nearest Wh; nothing where it is negative.
fn watt_hours(value: i128) -> Energy {
    let whole = value.max(0).saturating_add(WATT_HOUR / 2) / WATT_HOUR;
    u64::try_from(whole)
        .ok()
        .and_then(Energy::from_watt_hours)
        .unwrap_or(Energy(u64::MAX))
}

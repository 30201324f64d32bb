//! SimBench low-voltage grids: a folder with loads, PV systems and profiles.
//!
//! kWh of an interval = profile value x pLoad or pRES (MW) x 1,000 x hours. A PV system stands behind the meter of the
//! household at its node; a meter sees the net of both, rounded to 1 Wh as meters resolve it.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{bail, ensure, Result};
use gridpact_units::{Energy, IntervalIndex, IntervalLength, Reading};

use crate::simbench_lists::{count, each_device, producers};
use crate::table::Table;
use crate::{check_size, clock, Dataset, Meter, Selection, Stretch, Zone};

/// Files of the folder.
pub const LOADS: &str = "loads_LV3.101.csv";
/// PV systems of LV3.101.
pub const PV_SYSTEMS: &str = "res_LV3.101.csv";
/// Household profiles.
pub const LOAD_PROFILES: &str = "h0_profiles_15min_2016.csv";
/// PV profiles.
pub const PV_PROFILES: &str = "pv_profiles_15min_2016.csv";
const ALL_LOADS: &str = "all_lv_household_loads.csv.gz";
const ALL_PV_SYSTEMS: &str = "all_lv_res.csv.gz";

/// SimBench's licence and the paper to cite.
pub const ATTRIBUTION: &str = "Contains data from SimBench 1.6.3 (simbench.de), ODbL 1.0, contents DbCL 1.0. \
    S. Meinecke et al., SimBench - A Benchmark Dataset of Electric Power Systems to Compare Innovative Solutions \
    Based on Power Flow Analysis, Energies 13(12), 3290, 2020, doi:10.3390/en13123290.";

/// Step of the profiles, s.
const STEP: i64 = 900;
/// Digits behind the point of profile values; SimBench has up to 9.
const PROFILE_SCALE: u32 = 12;
/// One Wh in units of profile (10^-12) x power (mW) x 15 minutes.
const WATT_HOUR: i128 = 1_000_000_000_000 * 1_000 * 4;

/// A load or generator: which profile at which power.
struct Device {
    meter: usize,
    profile: usize,
    power: i128,
}

/// Reads a folder. More homes than LV3.101 has are taken from the list of all low-voltage grids, in its order.
pub fn load(folder: &Path, selection: &Selection) -> Result<Dataset> {
    let open = |name: &str| Table::open(&folder.join(name), 0);
    let own = count(open(LOADS)?)? + producers(open(LOADS)?, open(PV_SYSTEMS)?)?;
    let Some(homes) = selection
        .homes
        .filter(|homes| *homes > own && folder.join(ALL_LOADS).exists())
    else {
        return read(&open, LOADS, PV_SYSTEMS, None, selection);
    };
    let mut dataset = read(&open, ALL_LOADS, ALL_PV_SYSTEMS, Some(homes), selection)?;
    dataset.name = "SimBench low-voltage grids".to_owned();
    let note = format!("the first {homes} homes in SimBench's list of low-voltage household loads");
    dataset.notes.push(note);
    Ok(dataset)
}

/// Reads the four tables. With `homes` given, only the first so many, and no PV system without a home. Rows outside the
/// selected time are checked, but not kept: a year of 1,000 homes would fill the memory for the sake of a week.
pub fn read(
    open: &dyn Fn(&str) -> Result<Table>,
    loads: &str,
    pv_systems: &str,
    homes: Option<usize>,
    selection: &Selection,
) -> Result<Dataset> {
    let mut load_profiles = open(LOAD_PROFILES)?;
    let mut pv_profiles = open(PV_PROFILES)?;
    let mut meters = Vec::new();
    let mut nodes = HashMap::new();
    let mut consumers = Vec::new();
    each_device(
        open(loads)?,
        "pLoad",
        &load_profiles,
        |id, node, profile, power| {
            if homes.is_none_or(|homes| meters.len() < homes) {
                // Where several homes share a node, the roof's PV is the first one's.
                nodes.entry(node.to_owned()).or_insert(meters.len());
                consumers.push(Device {
                    meter: meters.len(),
                    profile,
                    power,
                });
                meters.push(Meter {
                    name: id.to_owned(),
                    has_pv: false,
                    producer: false,
                });
            }
        },
    )?;
    let mut generators = Vec::new();
    each_device(
        open(pv_systems)?,
        "pRES",
        &pv_profiles,
        |id, node, profile, power| {
            let meter = nodes.get(node).copied().or_else(|| {
                homes.is_none().then(|| {
                    nodes.insert(node.to_owned(), meters.len());
                    meters.push(Meter {
                        name: id.to_owned(),
                        has_pv: true,
                        producer: true,
                    });
                    meters.len() - 1
                })
            });
            if let Some(meter) = meter {
                meters[meter].has_pv = true;
                generators.push(Device {
                    meter,
                    profile,
                    power,
                });
            }
        },
    )?;

    let mut stretches: Vec<Stretch> = Vec::new();
    let mut readings = Vec::new();
    let mut own_use = Vec::new();
    let from = selection
        .from
        .and_then(|from| from.moment(Zone::CentralEurope))
        .unwrap_or(0);
    let most = selection.days.map_or(usize::MAX, |days| days as usize * 96);
    let (mut previous, mut kept) = (None, None);
    while load_profiles.advance()? {
        let utc = next_time(&load_profiles, previous)?;
        same_row(&mut pv_profiles, &load_profiles)?;
        let new = previous.is_none_or(|previous| utc != previous + STEP);
        previous = Some(utc);
        let full = !new && stretches.last().is_some_and(|stretch| stretch.intervals == most);
        if utc < from || full {
            continue;
        }
        if kept.is_none_or(|kept| utc != kept + STEP) {
            stretches.push(Stretch {
                first: IntervalIndex(u64::try_from(utc / STEP)?),
                intervals: 0,
            });
        }
        if let Some(stretch) = stretches.last_mut() {
            stretch.intervals += 1;
        }
        kept = Some(utc);
        check_size(meters.len(), readings.len() / meters.len().max(1) + 1)?;
        let load = powers(&load_profiles, &consumers, meters.len())?;
        let generation = powers(&pv_profiles, &generators, meters.len())?;
        for (load, generation) in load.into_iter().zip(generation) {
            readings.push(Reading::measured(
                watt_hours(load - generation),
                watt_hours(generation - load),
            ));
            own_use.push(watt_hours(load.min(generation)).milliwatt_hours());
        }
    }
    if let (Some(last), true) = (previous, readings.is_empty()) {
        bail!(
            "nothing selected: the profiles end on {}",
            Zone::CentralEurope.local(last).date()
        );
    }
    Ok(Dataset {
        name: "SimBench LV3.101".to_owned(),
        attribution: ATTRIBUTION.to_owned(),
        notes: vec![
            "times are Central European with summer time, as the file's own gap and repeated hour show"
                .to_owned(),
            "a PV system at a node without a household load is a producer with a meter of its own".to_owned(),
        ],
        zone: Zone::CentralEurope,
        interval: IntervalLength::QUARTER_HOUR,
        stretches,
        meters,
        readings,
        own_use: Some(own_use),
    })
}

/// The moment of the current row: a quarter of an hour after the one before, or at least two days (a new
/// stretch: the grid before needs a day to become final).
fn next_time(profiles: &Table, previous: Option<i64>) -> Result<i64> {
    let zone = Zone::CentralEurope;
    let text = profiles.cell(0);
    let local = clock::german(text).ok_or_else(|| profiles.bad(0, "a time as dd.mm.yyyy hh:mm", text))?;
    if let Some(next) = previous.map(|previous| previous + STEP) {
        // The clock shows some times twice in October: the row's place says which is meant.
        if zone.local(next) == local {
            return Ok(next);
        }
        let later = zone
            .to_utc(local)
            .filter(|utc| *utc >= next + 172_800 && utc % STEP == 0);
        return later.ok_or_else(|| {
            let next = clock::to_german(zone.local(next));
            profiles.bad(0, &format!("{next}, or a time at least two days later"), text)
        });
    }
    let utc = zone.to_utc(local).filter(|utc| *utc >= 0 && utc % STEP == 0);
    utc.ok_or_else(|| profiles.bad(0, "a full quarter of an hour after 1970", text))
}

/// The other profile file must show the same time in the same row.
fn same_row(other: &mut Table, profiles: &Table) -> Result<()> {
    ensure!(
        other.advance()?,
        "{PV_PROFILES} ends before {LOAD_PROFILES}, whose line {} has no match",
        profiles.line()
    );
    if other.cell(0) != profiles.cell(0) {
        return Err(other.bad(
            0,
            &format!("{} as in {LOAD_PROFILES}", profiles.cell(0)),
            other.cell(0),
        ));
    }
    Ok(())
}

/// Power x profile of each meter in the current row.
fn powers(profiles: &Table, devices: &[Device], meters: usize) -> Result<Vec<i128>> {
    let mut values = vec![None; profiles.header().len()];
    let mut sums = vec![0; meters];
    for device in devices {
        let value = match values[device.profile] {
            Some(value) => value,
            None => {
                let value =
                    i128::from(profiles.decimal(device.profile, PROFILE_SCALE, "part of the peak power")?);
                *values[device.profile].insert(value)
            }
        };
        sums[device.meter] += value * device.power;
    }
    Ok(sums)
}

/// Rounded to the nearest Wh; nothing where it is negative.
fn watt_hours(value: i128) -> Energy {
    let whole = (value.max(0) + WATT_HOUR / 2) / WATT_HOUR;
    u64::try_from(whole)
        .ok()
        .and_then(Energy::from_watt_hours)
        .unwrap_or(Energy(u64::MAX))
}

//! SimBench's lists of loads and PV systems, and who has a meter.

use std::collections::{HashMap, HashSet};

use crate::csv_rows::CsvRows;
use crate::dataset::Meter;
use crate::error::Error;
use crate::file::Folder;

/// Digits behind the point of a power in MW: down to mW.
const POWER_SCALE: u32 = 9;

/// The most rows of a list: all low voltage of SimBench has 28,777 loads of homes.
const MAX_ROWS: usize = 1 << 18;

/// A load or generator: which profile at which power.
pub(super) struct Device {
    /// Position of the meter it stands behind.
    pub meter: usize,
    /// Column of its profile.
    pub profile: usize,
    /// In mW.
    pub power: u64,
}

/// The two lists of a grid.
pub(super) struct Lists {
    /// File of the loads.
    pub loads: &'static str,
    /// File of the PV systems.
    pub pv_systems: &'static str,
    /// File of the loads' profiles.
    pub load_profiles: &'static str,
    /// File of the PV systems' profiles.
    pub pv_profiles: &'static str,
}

impl Lists {
    /// How many meters the grid has: one a load, and one a node with a PV system and no load.
    pub fn meters(&self, folder: &dyn Folder) -> Result<usize, Error> {
        let mut loads = CsvRows::of(folder, self.loads)?;
        let node = loads.column("node")?;
        let (mut homes, mut nodes) = (0_usize, HashSet::new());
        // Who reads the rows tells that there are too many.
        while homes <= MAX_ROWS && loads.advance()? {
            homes = homes.saturating_add(1);
            nodes.insert(loads.cell(node).to_owned());
        }
        let mut pv_systems = CsvRows::of(folder, self.pv_systems)?;
        let node = pv_systems.column("node")?;
        while homes <= MAX_ROWS && pv_systems.advance()? {
            let new = nodes.insert(pv_systems.cell(node).to_owned());
            homes = homes.saturating_add(new.into());
        }
        Ok(homes)
    }
}

/// Meters and what stands behind them.
#[derive(Default)]
pub(super) struct Street {
    /// The meters.
    pub meters: Vec<Meter>,
    /// The loads.
    pub consumers: Vec<Device>,
    /// The PV systems.
    pub generators: Vec<Device>,
    /// The meter of a node.
    nodes: HashMap<String, usize>,
}

impl Street {
    /// Reads both lists. With `homes` given, only the first so many loads, and no PV system without a load.
    pub fn read(
        folder: &dyn Folder,
        lists: &Lists,
        (load_profiles, pv_profiles): (&CsvRows, &CsvRows),
        homes: Option<usize>,
    ) -> Result<Self, Error> {
        let mut street = Self::default();
        let loads = CsvRows::of(folder, lists.loads)?;
        each_device(loads, "pLoad", load_profiles, |listed| {
            if homes.is_none_or(|homes| street.meters.len() < homes) {
                street.add_load(&listed);
            }
        })?;
        let pv_systems = CsvRows::of(folder, lists.pv_systems)?;
        each_device(pv_systems, "pRES", pv_profiles, |listed| {
            street.add_pv_system(&listed, homes.is_none());
        })?;
        Ok(street)
    }

    fn add_load(&mut self, listed: &Listed) {
        let meter = self.meters.len();
        // Where several homes share a node, the roof's PV is the first one's.
        self.nodes.entry(listed.node.to_owned()).or_insert(meter);
        self.meters.push(Meter::home(listed.id));
        self.consumers.push(listed.behind(meter));
    }

    /// Without a load at its node, it is a producer of its own or, where producers are not asked for, left out.
    fn add_pv_system(&mut self, listed: &Listed, producers: bool) {
        let known = self.nodes.get(listed.node).copied();
        if known.is_none() && !producers {
            return;
        }
        let meter = known.unwrap_or(self.meters.len());
        if known.is_none() {
            self.nodes.insert(listed.node.to_owned(), meter);
            self.meters.push(Meter {
                producer: true,
                ..Meter::home(listed.id)
            });
        }
        if let Some(meter) = self.meters.get_mut(meter) {
            meter.has_pv = true;
        }
        self.generators.push(listed.behind(meter));
    }
}

/// A row of a list.
struct Listed<'a> {
    id: &'a str,
    node: &'a str,
    profile: usize,
    power: u64,
}

impl Listed<'_> {
    fn behind(&self, meter: usize) -> Device {
        Device {
            meter,
            profile: self.profile,
            power: self.power,
        }
    }
}

/// Calls back for every row of a list of loads or PV systems.
fn each_device(
    mut list: CsvRows,
    power: &str,
    profiles: &CsvRows,
    mut device: impl FnMut(Listed),
) -> Result<(), Error> {
    let (id, node) = (list.column("id")?, list.column("node")?);
    let (profile, power) = (list.column("profile")?, list.column(power)?);
    let mut rows = 0_usize;
    while list.advance()? {
        rows = rows.saturating_add(1);
        if rows > MAX_ROWS {
            return Err(list.bad_cell(id, &format!("at most {MAX_ROWS} rows")));
        }
        let name = list.cell(profile);
        let column = profiles
            .header()
            .iter()
            .position(|have| have == name || have.strip_suffix("_pload").is_some_and(|have| have == name));
        let column = column.ok_or_else(|| list.bad_cell(profile, "a profile that the profile file has"))?;
        device(Listed {
            id: list.cell(id),
            node: list.cell(node),
            profile: column,
            power: list.decimal(power, POWER_SCALE, "MW")?,
        });
    }
    Ok(())
}

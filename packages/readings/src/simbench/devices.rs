//! SimBench's lists of loads and PV systems.

use std::collections::HashSet;

use anyhow::Result;

use crate::table::Table;

/// Digits behind the point of a power in MW: down to mW.
const POWER_SCALE: u32 = 9;

/// Calls back for every row of a list of loads or generators: id, node, column of its profile, power in mW.
pub fn each_device(
    mut list: Table,
    power: &str,
    profiles: &Table,
    mut device: impl FnMut(&str, &str, usize, i128),
) -> Result<()> {
    let (id, node) = (list.column("id")?, list.column("node")?);
    let (profile, power) = (list.column("profile")?, list.column(power)?);
    while list.advance()? {
        let name = list.cell(profile);
        let column = profiles
            .header()
            .iter()
            .position(|have| have == name || have.strip_suffix("_pload").is_some_and(|have| have == name));
        let column = column.ok_or_else(|| list.bad(profile, "a profile that the profile file has", name))?;
        let power = i128::from(list.decimal(power, POWER_SCALE, "MW")?);
        device(list.cell(id), list.cell(node), column, power);
    }
    Ok(())
}

/// Rows of a list.
pub fn count(mut list: Table) -> Result<usize> {
    let mut rows = 0;
    while list.advance()? {
        rows += 1;
    }
    Ok(rows)
}

/// Nodes with a PV system and no load.
pub fn producers(mut loads: Table, mut pv_systems: Table) -> Result<usize> {
    let node = loads.column("node")?;
    let mut homes = HashSet::new();
    while loads.advance()? {
        homes.insert(loads.cell(node).to_owned());
    }
    let node = pv_systems.column("node")?;
    let mut producers = HashSet::new();
    while pv_systems.advance()? {
        if !homes.contains(pv_systems.cell(node)) {
            producers.insert(pv_systems.cell(node).to_owned());
        }
    }
    Ok(producers.len())
}

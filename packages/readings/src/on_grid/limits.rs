//! Values above what a connection can give: missing, each told; and no data at all where most of a meter's are.

use gridpact_units::decimal::energy::show_energy;
use gridpact_units::Quality;

use crate::collected::Collected;
use crate::error::Error;
use crate::findings::what::What;
use crate::options::Options;
use crate::row::{Kind, Row};

/// The powers of a meter become energies, and what is above the limit missing.
pub(super) fn apply(collected: &mut Collected, rows: &mut [Row], options: &Options) -> Result<(), Error> {
    let limit = rows
        .first()
        .and_then(|row| options.limit_of(collected.name_of(row.origin)));
    let (mut above, mut of) = (0_u64, 0_u64);
    let mut first = None;
    for row in rows.iter_mut().filter(|row| row.is_energy()) {
        as_energy(row);
        of = of.saturating_add(1);
        let most = limit.map(|limit| limit.energy_over(row.seconds));
        let (import, export) = row.energies();
        let got = import.max(export);
        let Some(most) = most.filter(|most| got > *most && row.quality != Quality::Missing) else {
            continue;
        };
        above = above.saturating_add(1);
        first.get_or_insert((*row, got, most));
        collected.notice(row.origin, What::AboveLimit { got, most });
        row.quality = Quality::Missing;
        // Nothing stands there, and that is told.
        (row.import, row.export) = (None, None);
    }
    let Some((row, got, most)) = first.filter(|_| above.saturating_mul(2) > of) else {
        return Ok(());
    };
    Err(Error::MostAboveLimit {
        file: collected.file_of(row.origin),
        line: row.origin.line.into(),
        meter: collected.meter_of(row.origin),
        above,
        readings: of,
        most: show_energy(most.0.into()),
        got: show_energy(got.0.into()),
    })
}

/// The energy of a mean power, to the nearest mWh.
fn as_energy(row: &mut Row) {
    if row.kind != Kind::Power {
        return;
    }
    // mW x s / 3600 = mWh.
    let energy = |power: u64| {
        let product = u128::from(power).saturating_mul(row.seconds.into());
        let rounded = product
            .saturating_add(1_800)
            .checked_div(3_600)
            .unwrap_or_default();
        u64::try_from(rounded).unwrap_or(u64::MAX)
    };
    row.import = row.import.map(energy);
    row.export = row.export.map(energy);
    row.kind = Kind::Energy;
}

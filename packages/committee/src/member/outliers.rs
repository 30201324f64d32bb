//! Who read otherwise than what was attested: told when a window is behind, of the slot that was certified.

use gridpact_report::decode;

use super::action::News;
use super::window::Window;
use crate::merge::{self, Observed};

/// A line of news for each member that did.
pub(super) fn outliers(window: &Window) -> Vec<News> {
    let (Some(basis), Some(certified)) = (&window.basis, window.certificates.standing().first()) else {
        return Vec::new();
    };
    let Ok(attested) = decode(&certified.certificate.report) else {
        return Vec::new();
    };
    let said = window.mailbox.observations(certified.vote.header.revision);
    let told = said.filter_map(|(member, _, observation)| {
        let read = decode(&observation.report).ok()?;
        // Another roster's or file's seats are not these.
        let same = read.header.roster_version == attested.header.roster_version
            && observation.about.file == basis.file
            && read.header.seats == attested.header.seats;
        let readings = &read.readings;
        let (readings, meters) =
            merge::outliers(&basis.rules, &attested.readings, Observed { member, readings });
        (same && readings > 0).then_some(News::Outliers {
            member,
            readings,
            meters,
        })
    });
    told.collect()
}

//! Reports that the chain accepted while this member was away: it asks its peers for them, one at a time, and they give them out of
//! their archives. What comes needs no trust: the chain tells the hash of what was accepted.

use gridpact_report::{body_hash, digest_of, split};

use super::parts::Driver;
use super::peers::frame::Frame;
use super::peers::pinned::Pin;
use crate::reporting::archive;
use crate::reporting::chain::ChainSide;

/// How often a peer is given a report at most, ms; half as long as peers wait to ask for the next.
const PAUSE: u64 = 1_500;

impl<C: ChainSide> Driver<C> {
    /// Asks one peer for one report; the next peer next time, and when all were asked, for the next report.
    pub(super) fn fetch_report(&mut self) {
        let lacking = self.fetching.lacking.reports().len();
        self.with_progress(|progress| progress.lacking = lacking);
        let peers = self.network.connected();
        let asked = self.fetching.asked;
        let (Some(peer), Some(round)) = (
            asked.checked_rem(peers.len()).and_then(|at| peers.iter().nth(at)),
            asked.checked_div(peers.len()),
        ) else {
            return;
        };
        let wanted = round.checked_rem(lacking).and_then(|at| {
            let reports = self.fetching.lacking.reports();
            reports.keys().nth(at).copied()
        });
        if let Some(wanted) = wanted {
            self.fetching.asked = asked.wrapping_add(1);
            self.network.say(peer, &Frame::WantReport(wanted));
        }
    }

    /// Gives a report that is here, and no peer more than one in a while: each is read from the disk.
    pub(super) fn give_report(&mut self, to: &Pin, wanted: &[u8; 32]) {
        let now = self.desk.clock.moment();
        let given = &mut self.fetching.given;
        given.retain(|_, since| now.since(*since) < PAUSE);
        if given.contains_key(to) {
            return;
        }
        given.insert(*to, now);
        if let Some(report) = archive::read(self.desk.store.folder(), wanted) {
            self.network.say(to, &Frame::Report(report));
        }
    }

    /// A report came: it is one only if the chain accepted just these bytes. It goes the way of those that were certified here.
    pub(super) fn brought_report(&mut self, bytes: &[u8]) {
        let (Some(grid), Ok((header, body))) = (&self.grid, split(bytes)) else {
            return;
        };
        let hash = body_hash(body);
        let Ok(digest) = digest_of(&grid.domain(), bytes) else {
            return;
        };
        if self.fetching.lacking.reports().get(&hash) != Some(&digest) {
            return;
        }
        if self.certified.keep(digest, bytes.to_vec()) {
            self.fetching.lacking.reports().remove(&hash);
            let first = header.first_interval;
            self.note(&format!(
                "the report from interval {first} on, which was not here, came from a peer"
            ));
            self.eager.send_modify(|_| {});
        }
    }
}

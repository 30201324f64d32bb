//! What the contract tells, by events and queries, against the model.

use std::collections::{BTreeMap, BTreeSet};

use cosmwasm_std::{HexBinary, Response};
use gridpact_market::FeeId;
use gridpact_report::archive::sha256;
use gridpact_types::settlement::answers::{HeldResult, HeldResultsResponse, PendingResponse};
use gridpact_types::settlement::queries::QueryMsg;
use gridpact_units::{IntervalIndex, Slot, UnixSeconds};

use super::life::Life;

impl Life {
    /// What the event tells is what the model came to.
    pub fn compare_told(&self, first: IntervalIndex, response: &Response) {
        let window = &self.model.windows[&first.0];
        let event = response
            .events
            .iter()
            .find(|event| event.ty == "window_settled")
            .unwrap();
        let text = |key: &str| {
            let found = event.attributes.iter().find(|attribute| attribute.key == key);
            found.unwrap().value.clone()
        };
        let told = |key: &str| text(key).parse::<u128>().unwrap();
        let expected = [
            ("traded_mwh", window.traded),
            ("debits", window.debits.iter().sum()),
            ("credits", window.credits.iter().sum()),
            ("fees", window.fees.values().sum()),
            ("rounding", window.rounding),
            ("final_at", window.final_at.into()),
        ];
        for (key, expected) in expected {
            assert_eq!(told(key), expected, "{key}");
        }
        assert!(told("traded_mwh") <= told("payable_mwh").min(told("supply_mwh")));
        assert!(told("payable_mwh") <= told("demand_mwh"));
        let results = || {
            window
                .debits
                .iter()
                .zip(&window.credits)
                .flat_map(|both| [both.0, both.1])
        };
        // The fewest bytes in which the largest has room, told by the first.
        let width =
            (0..=16_u8).find(|width| results().all(|one| u32::from(*width) * 8 >= 128 - one.leading_zeros()));
        let width = width.unwrap();
        let written = results().flat_map(|one| one.to_be_bytes()[16 - usize::from(width)..].to_vec());
        let bytes: Vec<u8> = [width].into_iter().chain(written).collect();
        assert_eq!(
            text("results"),
            HexBinary::from(&sha256(&bytes)).to_hex(),
            "results"
        );
    }

    /// Everything the contract tells against the model. `pick` chooses the slot whose held results are read.
    pub fn compare(&self, pick: u32) {
        let (now, model) = (self.now(), &self.model);
        let held = self.compare_held(now);
        let free: Vec<u128> = self
            .grid
            .accounts()
            .iter()
            .map(|account| account.free.0)
            .collect();
        assert_eq!(free, model.free(|first, _| !held.contains(&first)), "free");
        let parts: Vec<Option<FeeId>> = model
            .policy
            .fees
            .iter()
            .map(|fee| Some(fee.id))
            .chain([None])
            .collect();
        let community = |part: &Option<FeeId>| model.community(*part, |first| !held.contains(&first));
        let books = self.grid.books();
        assert_eq!(
            (
                books.deposited.0,
                books.withdrawn.0,
                books.swept.0,
                books.community.0
            ),
            (
                model.deposited,
                model.withdrawn,
                model.swept.values().sum(),
                parts.iter().map(community).sum()
            ),
            "books"
        );
        self.compare_results(pick % model.purses.len() as u32, &held);
        self.compare_pending(pick % model.purses.len() as u32, &held, now);
    }

    /// What is held is what was settled, and nothing that is not over has been let go. Returns the first intervals.
    fn compare_held(&self, now: u64) -> BTreeSet<u64> {
        let held = self.grid.held();
        for window in &held {
            let expected = &self.model.windows[&window.first_interval.0];
            let fees: BTreeMap<FeeId, u128> = window.fees.iter().map(|fee| (fee.id, fee.amount.0)).collect();
            assert_eq!(
                (
                    window.intervals,
                    window.final_at.0,
                    window.roster_version as usize
                ),
                (expected.intervals, expected.final_at, expected.roster + 1)
            );
            assert_eq!(
                (window.debits.0, window.credits.0, &fees, window.rounding.0),
                (
                    expected.debits.iter().sum(),
                    expected.credits.iter().sum(),
                    &expected.fees,
                    expected.rounding
                )
            );
        }
        let held: BTreeSet<u64> = held.iter().map(|window| window.first_interval.0).collect();
        for (first, window) in &self.model.windows {
            assert!(
                held.contains(first) || window.final_at <= now,
                "{first} was let go too early"
            );
        }
        held
    }

    /// The sums of a slot are those of its parts.
    fn compare_pending(&self, slot: u32, held: &BTreeSet<u64>, now: u64) {
        let shown: PendingResponse = self.grid.ask(QueryMsg::Pending {
            slot: Slot(slot),
            start_after: None,
        });
        let mut expected = PendingResponse::default();
        for first in held {
            let window = &self.model.windows[first];
            expected.last = Some(IntervalIndex(*first));
            let Some((debit, credit)) = window
                .debits
                .get(slot as usize)
                .zip(window.credits.get(slot as usize))
            else {
                continue;
            };
            expected.windows += 1;
            expected.debits.0 += debit;
            expected.credits.0 += credit;
            if *credit > 0 {
                let end = Some(UnixSeconds(window.final_at));
                expected.last_final_at = expected.last_final_at.max(end);
                if window.final_at <= now {
                    expected.ended.0 += credit;
                } else if expected.next_final_at.is_none_or(|next| next.0 > window.final_at) {
                    expected.next_final_at = end;
                }
            }
        }
        assert_eq!(shown, expected, "pending of slot {slot}");
    }

    /// A slot is shown its part of every held window: nothing where the window's roster did not have it.
    fn compare_results(&self, slot: u32, held: &BTreeSet<u64>) {
        let page: HeldResultsResponse = self.grid.ask(QueryMsg::HeldResults {
            slot: Slot(slot),
            start_after: None,
            limit: Some(30),
        });
        let of_slot = |amounts: &[u128]| amounts.get(slot as usize).copied().unwrap_or_default();
        let expected = held.iter().map(|first| {
            let window = &self.model.windows[first];
            (
                *first,
                of_slot(&window.debits),
                of_slot(&window.credits),
                window.final_at,
            )
        });
        let expected: Vec<_> = expected.collect();
        let shown = page.results.iter().map(|result: &HeldResult| {
            (
                result.first_interval.0,
                result.debit.0,
                result.credit.0,
                result.final_at.0,
            )
        });
        let shown: Vec<_> = shown.collect();
        assert_eq!(shown[..], expected[..shown.len()], "held results of slot {slot}");
        assert!(page.more || shown.len() == expected.len());
    }
}

//! Meters as people read them.

use gridpact_types::registry::answers::{MeterResponse, ProposalResponse, RosterSeat};
use gridpact_types::registry::meters::MeterKind;
use gridpact_units::decimal::energy;

use super::super::{listing, time, Listing};

/// What stands behind a meter, as it is written.
pub fn kind(kind: MeterKind) -> &'static str {
    match kind {
        MeterKind::Consumer => "consumer",
        MeterKind::Prosumer => "prosumer",
        MeterKind::Producer => "producer",
        MeterKind::Storage => "storage",
    }
}

/// Meters that wait, a row each.
pub fn proposals(proposals: &[ProposalResponse]) -> String {
    if proposals.is_empty() {
        return "no meter waits for admission\n".to_owned();
    }
    let mut list = Listing::new(["proposal", "kind", "takes", "gives", "open until", "owner"]);
    for found in proposals {
        list.row([
            found.proposal.to_string(),
            kind(found.meter.kind).to_owned(),
            energy::show_power(found.meter.import_limit),
            energy::show_power(found.meter.export_limit),
            time::show(found.expires_at),
            found.owner.clone(),
        ]);
    }
    list.to_string()
}

/// Meters, a row each.
pub fn meters(meters: &[MeterResponse]) -> String {
    let mut list = Listing::new([
        "slot",
        "seat",
        "household",
        "weight",
        "kind",
        "takes",
        "gives",
        "owner",
    ]);
    for found in meters {
        list.row([
            found.slot.0.to_string(),
            found.seat.0.to_string(),
            found.household.to_string(),
            found.weight.to_string(),
            kind(found.meter.kind).to_owned(),
            energy::show_power(found.meter.import_limit),
            energy::show_power(found.meter.export_limit),
            found.owner.clone(),
        ]);
    }
    list.to_string()
}

/// A roster, a row each seat.
pub fn roster(seats: &[RosterSeat]) -> String {
    let mut list = Listing::new(["seat", "slot", "takes", "gives"]);
    for seat in seats {
        list.row([
            seat.seat.0.to_string(),
            seat.slot
                .map_or_else(|| "vacant".to_owned(), |slot| slot.to_string()),
            energy::show_power(seat.import_limit),
            energy::show_power(seat.export_limit),
        ]);
    }
    list.to_string()
}

/// One meter.
pub fn meter(meter: &MeterResponse, since: &str) -> String {
    listing::facts([
        ("slot", meter.slot.0.to_string()),
        ("seat", meter.seat.0.to_string()),
        ("owner", meter.owner.clone()),
        ("kind", kind(meter.meter.kind).to_owned()),
        ("takes at most", energy::show_power(meter.meter.import_limit)),
        ("gives at most", energy::show_power(meter.meter.export_limit)),
        ("serial's hash", meter.meter.serial_hash.to_hex()),
        ("part in this grid", format!("{} ppm", meter.meter.part.0)),
        (
            "household",
            format!("{}, weight {}", meter.household, meter.weight),
        ),
        ("priority", meter.priority.to_string()),
        (
            "tiers",
            format!("buys {}, sells {}", meter.buy_tier, meter.sell_tier),
        ),
        ("takes part since", since.to_owned()),
    ])
}

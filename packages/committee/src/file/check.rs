//! What a single value cannot show: names that must be known or differ, times that must fit.

use std::collections::BTreeSet;

use gridpact_readings::rfc3339;
use gridpact_report::quorum::MAX_MEMBERS;
use gridpact_units::{Seconds, UnixSeconds};

use super::error::{wrong, FileError};
use super::shape::{FileMember, FileMeter, SharedFile};
use super::text::Span;
use crate::bounds::{
    MAX_DELAY, MAX_METERS, MAX_NAME, MAX_SLOT, MAX_TOLERANCE_COUNTS, MAX_TOLERANCE_PPM, MAX_URL, MAX_WINDOW,
};

/// Finds the first thing that does not fit.
pub(super) fn check(file: &SharedFile, shortest_slot: Seconds) -> Result<(), FileError> {
    if file.version == 0 {
        return wrong("version", "a number from 1", "0");
    }
    for (place, text) in [("chain_id", &file.chain_id), ("registry", &file.registry)] {
        if text.is_empty() || text.len() > 128 {
            let got = format!("{} characters", text.len());
            return wrong(place, "a name of 1 to 128 characters", got);
        }
    }
    times(file, shortest_slot)?;
    tolerance(file)?;
    count("members", file.members.len(), 1, MAX_MEMBERS)?;
    count("meters", file.meters.len(), 0, MAX_METERS)?;
    members(&file.members)?;
    let names: BTreeSet<&str> = file.members.iter().map(|member| member.name.as_str()).collect();
    let mut slots = BTreeSet::new();
    for (index, meter) in file.meters.iter().enumerate() {
        let place = format!("meters[{index}]");
        if !slots.insert(meter.slot) {
            let got = format!("slot {} twice", meter.slot);
            return wrong(format!("{place}.slot"), "a slot of its own", got);
        }
        self::meter(&place, meter, &names)?;
    }
    Ok(())
}

fn count(place: &str, got: usize, least: usize, most: usize) -> Result<(), FileError> {
    if (least..=most).contains(&got) {
        return Ok(());
    }
    wrong(place, format!("{least} to {most}"), got.to_string())
}

fn times(file: &SharedFile, shortest_slot: Seconds) -> Result<(), FileError> {
    let show = |seconds: Seconds| Span(seconds).to_string();
    let ranges = [
        ("window", file.window, Seconds(60), MAX_WINDOW),
        ("delay", file.delay, Seconds(0), MAX_DELAY),
        ("slot", file.slot, Seconds(shortest_slot.0.max(1)), MAX_SLOT),
    ];
    for (place, span, least, most) in ranges {
        if !(least..=most).contains(&span.0) {
            let expected = format!("{} to {}", show(least), show(most));
            return wrong(place, expected, span.to_string());
        }
    }
    if file.offset.0 >= file.window.0 {
        let expected = format!("less than a window, {}", file.window);
        return wrong("offset", expected, file.offset.to_string());
    }
    let from = file.from.0;
    let since = from.0.checked_sub(file.offset.0 .0);
    let into = since.and_then(|since| since.checked_rem(file.window.0 .0));
    if into != Some(0) {
        let before = UnixSeconds(from.0.saturating_sub(into.unwrap_or(0)));
        let expected = format!("the beginning of a window, as {}", rfc3339::show(before));
        return wrong("from", expected, rfc3339::show(from));
    }
    Ok(())
}

fn tolerance(file: &SharedFile) -> Result<(), FileError> {
    let parts = [
        ("tolerance.counts", file.tolerance.counts, MAX_TOLERANCE_COUNTS),
        ("tolerance.ppm", file.tolerance.ppm, MAX_TOLERANCE_PPM),
    ];
    for (place, got, most) in parts {
        if got > most {
            return wrong(place, format!("at most {most}"), got.to_string());
        }
    }
    Ok(())
}

fn members(members: &[FileMember]) -> Result<(), FileError> {
    let (mut names, mut keys) = (BTreeSet::new(), BTreeSet::new());
    for (index, member) in members.iter().enumerate() {
        let place = |field: &str| format!("members[{index}].{field}");
        let length = member.name.chars().count();
        let printable = member.name.chars().all(|c| !c.is_control());
        if !(1..=MAX_NAME).contains(&length) || !printable {
            let expected = format!("1 to {MAX_NAME} printable characters");
            return wrong(place("name"), expected, format!("{:?}", member.name));
        }
        if !names.insert(&member.name) {
            return wrong(
                place("name"),
                "a name of its own",
                format!("`{}` twice", member.name),
            );
        }
        if !keys.insert(member.key) {
            return wrong(place("key"), "a key of its own", format!("{} twice", member.key));
        }
        if !matches!(member.key.0.first(), Some(2 | 3)) {
            let expected = "a compressed public key, which begins with 02 or 03";
            return wrong(place("key"), expected, member.key.to_string());
        }
        if let Some(url) = member.url.as_ref().filter(|url| !is_url(url)) {
            return wrong(
                place("url"),
                "https://HOST or https://HOST:PORT",
                format!("`{url}`"),
            );
        }
    }
    Ok(())
}

/// An address and no path: what is asked of a peer is the protocol's affair.
fn is_url(url: &str) -> bool {
    let host = url.strip_prefix("https://").unwrap_or_default();
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    !host.is_empty() && url.len() <= MAX_URL && host.chars().all(fits)
}

fn meter(place: &str, meter: &FileMeter, names: &BTreeSet<&str>) -> Result<(), FileError> {
    let readers = format!("{place}.readers");
    count(&readers, meter.readers.len(), 1, MAX_MEMBERS)?;
    let mut seen = BTreeSet::new();
    for name in meter.readers.iter().chain(&meter.home) {
        if !names.contains(name.as_str()) {
            let known: Vec<&str> = names.iter().copied().collect();
            return wrong(
                place,
                format!("a member, one of {}", known.join(", ")),
                format!("`{name}`"),
            );
        }
    }
    for name in &meter.readers {
        if !seen.insert(name) {
            return wrong(readers, "each reader once", format!("`{name}` twice"));
        }
    }
    let got = meter.need;
    let (fits, expected) = match meter.readers.len() {
        1 => (
            matches!(got, None | Some(1)),
            "1, as there is one reader".to_owned(),
        ),
        2 => (
            matches!(got, Some(1 | 2)),
            "1 or 2, stated, as there are two readers".to_owned(),
        ),
        readers => {
            let majority = readers.div_euclid(2).saturating_add(1);
            let fits = got.is_none_or(|got| usize::from(got) == majority);
            (fits, format!("{majority}, the majority of {readers} readers"))
        }
    };
    if !fits {
        let got = got.map_or("nothing".to_owned(), |got| got.to_string());
        return wrong(format!("{place}.need"), expected, got);
    }
    Ok(())
}

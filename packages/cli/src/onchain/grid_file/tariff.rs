//! The file's `[[market.tariff]]` and `[[market.utc_offset]]`: what the utility asks and pays, and by which local time.

use gridpact_market::{Tariff, TariffBand, TariffTable, UtcOffset};
use gridpact_units::{IntervalIndex, IntervalLength, Seconds};

use super::prices::Prices;
use crate::onchain::fields::Fields;
use crate::onchain::time;

/// The utility's prices and the local time they go by.
pub(super) fn tariff(table: &Fields, length: IntervalLength, prices: Prices) -> Option<Tariff> {
    let tables = table.tables("tariff").into_iter();
    let tables: Vec<_> = tables.map(|table| tariff_table(table, length, prices)).collect();
    let offsets = table.tables("utc_offset").into_iter();
    let offsets: Vec<_> = offsets.map(|offset| utc_offset(offset, length)).collect();
    Some(Tariff {
        tables: tables.into_iter().collect::<Option<_>>()?,
        utc_offsets: offsets.into_iter().collect::<Option<_>>()?,
    })
}

fn utc_offset(table: Fields, length: IntervalLength) -> Option<UtcOffset> {
    let valid_from = table.text("valid_from", |text| boundary(text, length));
    let minutes = table.text("offset", offset_minutes);
    table.finish();
    Some(UtcOffset {
        valid_from: valid_from?,
        minutes: minutes?,
    })
}

fn tariff_table(table: Fields, length: IntervalLength, prices: Prices) -> Option<TariffTable> {
    let valid_from = table.text("valid_from", |text| boundary(text, length));
    let bands: Vec<_> = table
        .tables("bands")
        .into_iter()
        .map(|band| tariff_band(band, prices))
        .collect();
    let bands: Option<Vec<_>> = bands.into_iter().collect();
    table.finish();
    Some(TariffTable {
        valid_from: valid_from?,
        bands: bands?,
    })
}

fn tariff_band(band: Fields, prices: Prices) -> Option<TariffBand> {
    let from_minute = band.text("from", |text| {
        minutes(text).ok_or_else(|| format!("expected a local time as 06:00, got `{text}`"))
    });
    let retail = band.text("retail", |text| prices.price(text));
    let feed_in = band.text("feed_in", |text| prices.price(text));
    band.finish();
    Some(TariffBand {
        from_minute: from_minute?,
        retail: retail?,
        feed_in: feed_in?,
    })
}

/// The interval that begins just then.
fn boundary(text: &str, length: IntervalLength) -> Result<IntervalIndex, String> {
    let time = time::parse_time(text)?;
    let index = length.index_at(time.0);
    if length.start_of(index) == time.0 {
        Ok(index)
    } else {
        Err(format!(
            "expected the start of an interval of {}, got `{text}`",
            time::show_duration(Seconds(length.seconds().into()))
        ))
    }
}

/// `+01:00`; which offsets exist is the policy's to say.
fn offset_minutes(text: &str) -> Result<i16, String> {
    let ahead = |text| i16::try_from(minutes(text)?).ok();
    let offset = match (text.strip_prefix('+'), text.strip_prefix('-')) {
        (Some(text), _) => ahead(text),
        (_, Some(text)) => ahead(text).and_then(i16::checked_neg),
        _ => None,
    };
    offset.ok_or_else(|| format!("expected local time minus UTC as +01:00, got `{text}`"))
}

/// `06:00` as minutes.
fn minutes(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let digits = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(hours) || !digits(minutes) {
        return None;
    }
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    if hours >= 24 || minutes >= 60 {
        return None;
    }
    hours.checked_mul(60)?.checked_add(minutes)
}

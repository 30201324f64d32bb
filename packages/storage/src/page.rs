//! Pages of queries: a list is cut where the query says, and the answer tells whether more follows.

/// A page of no entries, or of more than a query's gas allows. It is refused rather than cut short, since a page cut short
/// unasked looks like the last one.
#[derive(thiserror::Error, Clone, Copy, Debug, PartialEq, Eq)]
#[error("limit: expected 1 to {max}, got {got}")]
pub struct PageLimit {
    /// The most entries of a page of this list.
    pub max: u32,
    /// How many were asked for.
    pub got: u32,
}

/// Takes one page off the front of a list, and tells whether more follows.
///
/// # Errors
/// A limit out of range, or an entry that cannot be read.
pub fn page<T, E: From<PageLimit>>(
    mut entries: impl Iterator<Item = Result<T, E>>,
    limit: usize,
) -> Result<(Vec<T>, bool), E> {
    let page = entries.by_ref().take(limit).collect::<Result<_, E>>()?;
    Ok((page, entries.next().is_some()))
}

/// As [`page`], of entries that were read from so many bytes each, or have another size: the page also ends with the entry that
/// brings them to `bytes` together, so that its gas has a bound however large the entries are. It has one entry at least, where
/// there is one.
///
/// # Errors
/// An entry that cannot be read.
pub fn page_of_bytes<T, E>(
    mut entries: impl Iterator<Item = Result<(T, usize), E>>,
    limit: usize,
    bytes: usize,
) -> Result<(Vec<T>, bool), E> {
    let (mut page, mut read) = (Vec::new(), 0_usize);
    while page.len() < limit && read < bytes {
        let Some(entry) = entries.next() else {
            return Ok((page, false));
        };
        let (entry, size) = entry?;
        read = read.saturating_add(size);
        page.push(entry);
    }
    Ok((page, entries.next().is_some()))
}

/// The number of entries asked for, or `default` where the query does not say.
///
/// # Errors
/// Zero, or more than `max`.
pub fn page_limit(asked: Option<u32>, default: u32, max: u32) -> Result<usize, PageLimit> {
    let got = asked.unwrap_or(default);
    if !(1..=max).contains(&got) {
        return Err(PageLimit { max, got });
    }
    usize::try_from(got).map_err(|_| PageLimit { max, got })
}

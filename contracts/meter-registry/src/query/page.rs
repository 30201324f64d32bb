use crate::error::ContractError;

/// The asked number of entries; one out of range is refused, as a page cut short unasked looks like the last.
pub(super) fn limit(asked: Option<u32>, default: u32, most: u32) -> Result<usize, ContractError> {
    match asked.unwrap_or(default) {
        0 => Err(ContractError::PageLimit { most, got: 0 }),
        got if got > most => Err(ContractError::PageLimit { most, got }),
        limit => usize::try_from(limit).map_err(|_| ContractError::PageLimit { most, got: limit }),
    }
}

/// The first `limit` entries, and whether more follow.
pub(super) fn page<T, E>(
    mut entries: impl Iterator<Item = Result<T, E>>,
    limit: usize,
) -> Result<(Vec<T>, bool), ContractError>
where
    ContractError: From<E>,
{
    let page = entries.by_ref().take(limit).collect::<Result<_, E>>()?;
    Ok((page, entries.next().is_some()))
}

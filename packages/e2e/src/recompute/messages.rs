//! What each message does to the books.

use anyhow::{ensure, Context, Result};
use cosmwasm_std::{from_json, Coin};
use cw20::Cw20ExecuteMsg;
use gridpact_market::{settle_window, Account, Terms};
use gridpact_report::quorum::{check_quorum, Signature};
use gridpact_report::{decode, digest_of, sign, Domain};
use gridpact_types::asset::Asset;
use gridpact_types::registry;
use gridpact_types::registry::meters::Admission;
use gridpact_types::settlement;
use gridpact_types::settlement::accounts::CommunityAccount;
use gridpact_types::settlement::bounds::{FINALISED_A_REPORT, MAX_FINALISED};
use gridpact_units::{Amount, IntervalIndex, Slot, UnixSeconds};

use super::{Held, Recomputed};

impl Recomputed {
    pub(super) fn terms(&self) -> Result<&registry::messages::InstantiateMsg> {
        self.terms.as_ref().context("the registry was made before")
    }

    pub(super) fn policy(&self) -> Result<&settlement::messages::InstantiateMsg> {
        self.policy.as_ref().context("the settlement was made before")
    }

    pub(super) fn registry(&mut self, now: UnixSeconds, msg: registry::messages::ExecuteMsg) -> Result<()> {
        match msg {
            registry::messages::ExecuteMsg::ProposeMeter { meter } => self.proposals.push(meter),
            registry::messages::ExecuteMsg::AdmitMeters { admissions, from } => {
                self.admit(now, &admissions, from)?
            }
            registry::messages::ExecuteMsg::Report { report, signatures } => {
                self.report(now, &report, &signatures)?
            }
            _ => {}
        }
        Ok(())
    }

    fn admit(
        &mut self,
        now: UnixSeconds,
        admissions: &[Admission],
        from: Option<IntervalIndex>,
    ) -> Result<()> {
        let length = self.terms()?.interval_length;
        let from = from.unwrap_or_else(|| length.index_at(now.0).plus(1));
        let mut roster = self
            .rosters
            .last()
            .map(|(_, meters)| meters.clone())
            .unwrap_or_default();
        for admission in admissions {
            let number = usize::try_from(admission.proposal)? - 1;
            let proposal = self
                .proposals
                .get(number)
                .context("an admission without a proposal")?;
            let household = admission.household.unwrap_or_else(|| {
                self.households += 1;
                self.households - 1
            });
            let slot = Slot(u32::try_from(roster.len())?);
            let terms = Terms {
                household,
                weight: admission.weight,
                part: proposal.part,
                priority: admission.priority,
                buy_tier: admission.buy_tier,
                sell_tier: admission.sell_tier,
            };
            roster.push((slot, terms));
            self.free.insert(slot, 0);
        }
        self.rosters.retain(|(known, _)| *known != from);
        self.rosters.push((from, roster));
        Ok(())
    }

    fn report(
        &mut self,
        now: UnixSeconds,
        bytes: &[u8],
        signatures: &[registry::committee::Signature],
    ) -> Result<()> {
        self.check_signatures(bytes, signatures)?;
        let report = decode(bytes)?;
        // The very report accepted before changes nothing.
        if self.reported.replace(report.header.first_interval) >= Some(report.header.first_interval) {
            return Ok(());
        }
        self.finalise(now, FINALISED_A_REPORT);
        let version = usize::try_from(report.header.roster_version)?;
        let (_, meters) = self.rosters.get(version - 1).context("a report of no roster")?;
        let account = |(slot, terms): &(Slot, Terms)| Account::new(*slot, *terms, Amount(self.free[slot]));
        let accounts: Vec<Account> = meters.iter().map(account).collect();
        let first = report.header.first_interval;
        let outcome = settle_window(&self.policy()?.policy, &accounts, first, &report.readings)?;
        for (account, result) in accounts.iter().zip(&outcome.results) {
            take(&mut self.free, account.slot, result.debit.0)?;
        }
        self.windows.push(outcome.clone());
        self.held.push_back(Held {
            final_at: now.plus(self.terms()?.challenge_period),
            slots: accounts.iter().map(|account| account.slot).collect(),
            outcome,
        });
        Ok(())
    }

    fn check_signatures(&self, bytes: &[u8], signatures: &[registry::committee::Signature]) -> Result<()> {
        let committee = &self.terms()?.committee;
        let domain = Domain {
            chain_id: &self.chain_id,
            registry: &self.addresses.0,
        };
        let keys: Vec<&[u8]> = committee
            .members
            .iter()
            .map(|member| member.public_key.as_slice())
            .collect();
        let signature = |given: &registry::committee::Signature| -> Result<Signature> {
            Ok(Signature {
                member: given.member,
                signature: given.signature.as_slice().try_into()?,
            })
        };
        let signatures: Vec<Signature> = signatures.iter().map(signature).collect::<Result<_>>()?;
        check_quorum(
            &keys,
            committee.quorum.into(),
            &digest_of(&domain, bytes)?,
            &signatures,
            sign::verify,
        )?;
        Ok(())
    }

    /// Windows whose time is over become final, the oldest first, at most so many.
    fn finalise(&mut self, now: UnixSeconds, limit: usize) {
        for _ in 0..limit {
            let Some(held) = self.held.pop_front_if(|held| held.final_at <= now) else {
                return;
            };
            for (slot, result) in held.slots.iter().zip(&held.outcome.results) {
                *self.free.entry(*slot).or_default() += result.credit.0;
            }
            for fee in &held.outcome.community.fees {
                *self.fees.entry(fee.id).or_default() += fee.amount.0;
            }
            self.rounding += held.outcome.community.rounding.0;
        }
    }

    pub(super) fn settlement(
        &mut self,
        now: UnixSeconds,
        msg: settlement::messages::ExecuteMsg,
        funds: &[Coin],
    ) -> Result<()> {
        match msg {
            settlement::messages::ExecuteMsg::Deposit { slot } => {
                let [coin] = funds else {
                    anyhow::bail!("a deposit of {} coins", funds.len())
                };
                self.deposit(slot, coin.amount.u128());
            }
            settlement::messages::ExecuteMsg::Withdraw { slot, amount } => {
                let amount = amount.map_or(self.free[&slot], |amount| amount.0);
                take(&mut self.free, slot, amount)?;
                self.withdrawn += amount;
            }
            settlement::messages::ExecuteMsg::Finalise { limit } => {
                self.finalise(now, limit.map_or(Ok(MAX_FINALISED as usize), usize::try_from)?);
            }
            settlement::messages::ExecuteMsg::Sweep { account } => {
                let part = match account {
                    CommunityAccount::Rounding {} => &mut self.rounding,
                    CommunityAccount::Fee { id } => self.fees.entry(id).or_default(),
                };
                self.swept += core::mem::take(part);
            }
            _ => anyhow::bail!("only the registry and the token send {msg:?}, and only from within"),
        }
        Ok(())
    }

    /// Tokens sent to the settlement by the token's own message.
    pub(super) fn token(&mut self, contract: &str, msg: &[u8]) -> Result<()> {
        let Some(policy) = &self.policy else { return Ok(()) };
        if policy.asset != Asset::cw20(contract) {
            return Ok(());
        }
        if let Cw20ExecuteMsg::Send {
            contract,
            amount,
            msg,
        } = from_json(msg)?
        {
            if contract == self.addresses.1 {
                let settlement::messages::ReceiveMsg::Deposit { slot } = from_json(&msg)?;
                self.deposit(slot, amount.u128());
            }
        }
        Ok(())
    }

    fn deposit(&mut self, slot: Slot, amount: u128) {
        *self.free.entry(slot).or_default() += amount;
        self.deposited += amount;
    }
}

fn take(free: &mut std::collections::BTreeMap<Slot, u128>, slot: Slot, amount: u128) -> Result<()> {
    let has = free.get(&slot).copied().unwrap_or_default();
    ensure!(has >= amount, "slot {slot} has {has} free and pays {amount}");
    free.insert(slot, has - amount);
    Ok(())
}

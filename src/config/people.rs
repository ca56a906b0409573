//! Settings about members.

use std::{str::FromStr, time::Duration};

use crate::models::user::{attempts::Limit, draft, promotion};

/// So many within a time, written `5/5m`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// How many.
    pub most: u32,
    /// Within which time.
    pub per: Duration,
}

impl Rate {
    /// The same for what is counted in the store.
    pub fn limit(self) -> Limit {
        Limit {
            most: usize::try_from(self.most).unwrap_or(usize::MAX),
            within: i64::try_from(self.per.as_micros()).unwrap_or(i64::MAX),
        }
    }
}

impl FromStr for Rate {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const ADVICE: &str = "write a count and a time, such as 5/5m";
        let (most, per) = text.split_once('/').ok_or(ADVICE)?;
        let unit = per.chars().next_back().ok_or(ADVICE)?;
        let seconds: u64 = match unit {
            's' => 1,
            'm' => 60,
            'h' => 3_600,
            'd' => 86_400,
            _ => return Err(ADVICE),
        };
        let count: u64 = per
            .strip_suffix(unit)
            .unwrap_or_default()
            .parse()
            .map_err(|_not_a_number| ADVICE)?;
        let most: u32 = most.parse().map_err(|_not_a_number| ADVICE)?;
        let is_sensible = (1..=1_000_000).contains(&most) && (1..=10_000).contains(&count);
        is_sensible
            .then(|| Self {
                most,
                per: Duration::from_secs(count * seconds),
            })
            .ok_or(ADVICE)
    }
}

/// The effective settings about members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct People {
    /// Attempts to log in to one account from one network, in a short time.
    pub logins: Rate,
    /// The same in a long time.
    pub logins_long: Rate,
    /// Accounts made from one network.
    pub joins: Rate,
    /// Temporary names given to one network; nothing where nobody edits without an account.
    pub visitors: Option<Rate>,
    /// Saves of a new member.
    pub edits_new: Rate,
    /// Saves of an editor.
    pub edits: Rate,
    /// Saves from one network, whoever saves.
    pub edits_network: Rate,
    /// What a new member may take back.
    pub undos_new: Rate,
    /// What an editor may take back.
    pub undos: Rate,
    /// Drafts kept by one member, whether asked for or by itself.
    pub draft_saves: Rate,
    /// How much of them is kept, and how long.
    pub drafts: draft::Caps,
    /// When a new member becomes an editor.
    pub promotion: promotion::Rule,
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn a_rate_is_a_count_and_a_time() {
        let rate: Rate = "150/48h".parse().unwrap();
        assert_eq!((rate.most, rate.per), (150, Duration::from_secs(172_800)));
        for wrong in [
            "", "5", "5/", "/5m", "5/5", "0/5m", "5/0m", "5/5w", "-1/5m", "5/5mm",
        ] {
            assert!(wrong.parse::<Rate>().is_err(), "{wrong}");
        }
    }
}

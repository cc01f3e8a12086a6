//! When a message that could not be delivered is tried again, and when it is given up.

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;

/// What the Standard Webhooks propose: quickly at first, and for three days in all.
const WAITS: [i64; 9] =
    [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];

/// After a failure nothing else goes to the same webhook for so long, at most: whoever does not answer is not asked again
/// by every message that waits.
const LONGEST_REST: i64 = 5 * MINUTE;

/// A webhook to which nothing could be delivered for so long is switched off.
pub const PATIENCE: i64 = 3 * 24 * HOUR;

/// Milliseconds until the next attempt after so many that failed; `None`: it is given up. Each wait is up to a tenth
/// longer, as `chance` says, so that what failed at once is not tried again at once.
pub fn wait(failed: u32, chance: u8) -> Option<i64> {
    let wait = *WAITS.get(usize::try_from(failed.checked_sub(1)?).ok()?)?;
    Some(wait + wait / 10 * i64::from(chance) / i64::from(u8::MAX))
}

/// How long the webhook rests after that wait was chosen.
pub fn rest(wait: Option<i64>) -> i64 {
    wait.unwrap_or(LONGEST_REST).min(LONGEST_REST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_from_seconds_to_a_day_and_end_after_three_days() {
        let waits: Vec<i64> = (1..).map_while(|failed| wait(failed, 0)).collect();
        assert_eq!(waits, WAITS);
        assert!(waits.is_sorted());
        assert!(waits.iter().sum::<i64>() > PATIENCE, "a message is given up before its webhook is");
        assert_eq!(wait(0, 0), None);
    }

    #[test]
    fn chance_makes_a_wait_longer_by_a_tenth_at_most() {
        for (failed, plain) in (1..).zip(WAITS) {
            let waits: Vec<i64> = (0..=u8::MAX).filter_map(|chance| wait(failed, chance)).collect();
            assert!(waits.is_sorted() && waits[0] == plain && waits[255] == plain + plain / 10);
        }
    }

    #[test]
    fn a_rest_is_never_longer_than_the_wait_or_five_minutes() {
        assert_eq!(rest(wait(1, 0)), 5 * SECOND);
        assert_eq!(rest(wait(4, 9)), LONGEST_REST);
        assert_eq!(rest(None), LONGEST_REST);
    }
}

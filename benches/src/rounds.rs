//! Taking turns: what is compared runs in turn, round after round, so that what else the machine does meets all alike.

use crate::Result;
use crate::bench::Bench;
use std::time::Instant;

/// What was measured in the rounds that count, in their order.
#[derive(Debug, Clone)]
pub struct Samples(Vec<f64>);

impl Samples {
    /// The one in the middle.
    pub fn median(&self) -> f64 {
        quantile(&self.0, 0.5)
    }

    /// How these stand to others, round by round: lowest and highest.
    pub fn span(&self, others: &Self) -> (f64, f64) {
        let ratios: Vec<f64> = self.0.iter().zip(&others.0).map(|(own, other)| own / other).collect();
        (quantile(&ratios, 0.0), quantile(&ratios, 1.0))
    }
}

/// One measurement: prepares, measures, cleans up, and answers only what was measured.
pub type Turn<'a> = &'a mut dyn FnMut() -> Result<f64>;

/// Lets each have its turn in every round; drops the first.
pub fn rounds<const N: usize>(bench: &Bench, mut turns: [Turn<'_>; N]) -> Result<[Samples; N]> {
    let mut samples = std::array::from_fn(|_| Samples(Vec::new()));
    for round in 0..=bench.rounds() {
        for (turn, samples) in turns.iter_mut().zip(&mut samples) {
            let measured = turn()?;
            if round > 0 {
                samples.0.push(measured);
            }
        }
    }
    Ok(samples)
}

/// The value below which that part of all lies.
pub fn quantile(values: &[f64], part: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1);
    sorted.get((last as f64 * part).round() as usize).copied().unwrap_or(f64::NAN)
}

/// How many seconds something takes.
pub fn seconds(work: impl FnOnce() -> Result<()>) -> Result<f64> {
    let begun = Instant::now();
    work()?;
    Ok(begun.elapsed().as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_values_that_were_measured() {
        let values = [5.0, 1.0, 3.0, 2.0, 4.0];
        assert_eq!([0.0, 0.5, 0.99, 1.0].map(|part| quantile(&values, part)), [1.0, 3.0, 5.0, 5.0]);
        assert!(quantile(&[], 0.5).is_nan());
    }

    #[test]
    fn the_span_compares_round_by_round() {
        let (ours, theirs) = (Samples(vec![2.0, 9.0, 4.0]), Samples(vec![2.0, 3.0, 8.0]));
        assert_eq!(ours.span(&theirs), (0.5, 3.0));
    }
}

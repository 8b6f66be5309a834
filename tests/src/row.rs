//! A row of the report.

use serde_json::{Value, json};

/// Something of the same kind, measured in the same run.
pub struct Baseline {
    /// What it is.
    pub name: &'static str,
    /// How much.
    pub value: f64,
}

/// What must be reached.
#[derive(Clone, Copy)]
pub enum Goal {
    /// At least so much.
    Least(f64),
    /// At most so much.
    Most(f64),
}

/// A figure.
pub struct Row {
    /// What was measured.
    pub name: String,
    /// How much.
    pub value: f64,
    /// Of what.
    pub unit: &'static str,
    /// What it is compared with.
    pub baseline: Option<Baseline>,
    /// What it should be.
    pub goal: Option<Goal>,
}

impl Row {
    /// A figure that stands alone.
    pub fn new(name: impl Into<String>, value: f64, unit: &'static str) -> Self {
        Self { name: name.into(), value, unit, baseline: None, goal: None }
    }

    /// Beside something of the same kind.
    pub fn beside(mut self, name: &'static str, value: f64) -> Self {
        self.baseline = Some(Baseline { name, value });
        self
    }

    /// To be at most so much.
    pub fn at_most(mut self, goal: f64) -> Self {
        self.goal = Some(Goal::Most(goal));
        self
    }

    /// To be at least so much.
    pub fn at_least(mut self, goal: f64) -> Self {
        self.goal = Some(Goal::Least(goal));
        self
    }

    /// As the report has it (DESIGN §5).
    pub fn to_json(&self) -> Value {
        let (goal, met) = match self.goal {
            Some(Goal::Least(goal)) => (Some(goal), Some(self.value >= goal)),
            Some(Goal::Most(goal)) => (Some(goal), Some(self.value <= goal)),
            None => (None, None),
        };
        json!({
            "name": self.name,
            "value": rounded(self.value),
            "unit": self.unit,
            "baseline": self.baseline.as_ref().map(|baseline| baseline.name),
            "baseline_value": self.baseline.as_ref().map(|baseline| rounded(baseline.value)),
            "ratio": self.baseline.as_ref().map(|baseline| rounded(self.value / baseline.value)),
            "goal": goal,
            "met": met,
        })
    }
}

/// As many digits as a repetition would confirm.
fn rounded(value: f64) -> f64 {
    if value.abs() >= 100.0 { value.round() } else { (value * 1000.0).round() / 1000.0 }
}

/// The value below which this part of the sorted values lies.
pub fn percentile(sorted: &[f64], part: f64) -> f64 {
    let last = sorted.len().saturating_sub(1);
    // A position within the slice.
    sorted.get((last as f64 * part).round() as usize).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_is_met_from_its_side() {
        for (value, goal, met) in
            [(5.0, Goal::Least(4.0), true), (5.0, Goal::Most(4.0), false), (4.0, Goal::Most(4.0), true)]
        {
            let row = Row { name: String::new(), value, unit: "ms", baseline: None, goal: Some(goal) };
            assert_eq!(row.to_json()["met"], met);
        }
    }

    #[test]
    fn percentiles_are_taken_from_the_values() {
        let values: Vec<f64> = (0..=100).map(f64::from).collect();
        assert_eq!((percentile(&values, 0.5), percentile(&values, 0.99)), (50.0, 99.0));
        assert!(percentile(&[], 0.5).is_nan());
    }
}

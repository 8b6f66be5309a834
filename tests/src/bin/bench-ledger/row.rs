//! A row of the report.

use serde_json::{Value, json};

/// Something of the same kind, measured in the same run.
pub(crate) struct Baseline {
    /// What it is.
    pub(crate) name: &'static str,
    /// How much.
    pub(crate) value: f64,
}

/// What must be reached.
#[derive(Clone, Copy)]
pub(crate) enum Goal {
    /// At least so much.
    Least(f64),
    /// At most so much.
    Most(f64),
}

/// A figure.
pub(crate) struct Row {
    /// What was measured.
    pub(crate) name: String,
    /// How much.
    pub(crate) value: f64,
    /// Of what.
    pub(crate) unit: &'static str,
    /// What it is compared with.
    pub(crate) baseline: Option<Baseline>,
    /// What it should be.
    pub(crate) goal: Option<Goal>,
}

impl Row {
    /// A figure that stands alone.
    pub(crate) fn new(name: impl Into<String>, value: f64, unit: &'static str) -> Self {
        Self { name: name.into(), value, unit, baseline: None, goal: None }
    }

    pub(crate) fn beside(mut self, name: &'static str, value: f64) -> Self {
        self.baseline = Some(Baseline { name, value });
        self
    }

    pub(crate) fn at_most(mut self, goal: f64) -> Self {
        self.goal = Some(Goal::Most(goal));
        self
    }

    pub(crate) fn at_least(mut self, goal: f64) -> Self {
        self.goal = Some(Goal::Least(goal));
        self
    }

    pub(crate) fn to_json(&self) -> Value {
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
}

"""The sheet of a month (考评月表): shown to the units, open to objections, then frozen with its rows. Rule: docs/policy/assessment.md."""

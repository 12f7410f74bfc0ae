"""The verbs of points: award and take back, rules and their versions, what comes due."""

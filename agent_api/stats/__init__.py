"""Figures: facts, the formulas of the indicators, intervals, exports."""

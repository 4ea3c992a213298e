"""The comprehensive processing pool (综合处理): who takes which work next, for how long, and what went back."""

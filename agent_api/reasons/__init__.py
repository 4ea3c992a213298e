"""Why customers call: the three-level tree a centre may edit, and the form each leaf opens."""

"""The menu tree as data: edited and stored by the desk, walked by the voice menu. Models and checks, no I/O."""

"""Walks a menu tree with a caller: the engine, which knows kinds of nodes and keys but no business."""

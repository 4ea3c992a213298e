"""The page where customers write to us and see how far their matters are. Nothing here knows of staff's sessions."""

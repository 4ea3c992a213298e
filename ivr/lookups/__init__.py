"""The questions to the directory and the words the answers come in, one module a subject. Values only."""

"""The company's customer systems behind one port: our own store, or another system that speaks TM Forum's APIs."""

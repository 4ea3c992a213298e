"""Writes sheet.csv anew: every prompt with its text, file, length, level and who speaks it."""

import ledger

from ivr.speech.manifest import load

if __name__ == "__main__":
    ledger.write_sheet(load(ledger.SOUNDS / "manifest"))

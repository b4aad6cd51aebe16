"""``python -m vnreport_ocr`` is the command ``vnocr``."""

from vnreport_ocr.cli.entry import entry

if __name__ == "__main__":
    entry()

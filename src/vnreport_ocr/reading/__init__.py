"""Which source each page is read from, and why."""

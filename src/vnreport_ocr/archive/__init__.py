"""A folder of thousands of files, processed with a ledger beside the output."""

"""What the lines of a repaired page are: roles, headings, the letterhead."""

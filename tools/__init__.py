"""What measures the project and builds its dictionaries; not shipped."""

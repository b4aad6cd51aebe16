"""Page jobs done in processes that are limited and can be replaced."""

"""What a page says about its own figures: dates, decimal signs, counting, numbers that recur, columns that add up."""

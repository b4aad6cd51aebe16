"""What is known of the language: lexicon, n-grams, confusions."""

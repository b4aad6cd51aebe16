"""How good a result is: CER, WER, harm, digits; the benchmark."""

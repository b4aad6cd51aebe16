"""The benchmark: accuracy, harm, speed and cost, written into the tables of docs/."""

"""Engines that read a picture: the protocol, and each engine behind it."""

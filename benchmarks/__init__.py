"""How long the parts take; ``python -m benchmarks`` prints them."""

"""The validity laboratory: invented kommuner whose truth is known, put through the product, and how near it comes.

The worlds are streams of events (persons, places, weeks, reporting decisions), made without any of the product's statistics:
``world`` and what stands behind it import nothing from the package but the tables' contract and the profile. The proof must be
able to fail.
"""

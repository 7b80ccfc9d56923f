"""Back-test of next year's forecast on real counts: 290 kommuner 2013–2015 and nine kommuner 1996–2025."""

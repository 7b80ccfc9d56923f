"""What shows only when everything is read: figures that should agree, years, populations, what is absent."""

"""What a file is: its bytes, its text, its sheets, and what makes it unfit to be read."""

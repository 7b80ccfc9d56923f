"""Swedish sentences made from plain figures; one function per sentence, none of them computes."""

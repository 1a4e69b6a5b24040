"""How the local model is made: unpack, train, export, evaluate. None of it is in the wheel."""

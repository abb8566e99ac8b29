"""Reading files in processes of their own: what is read, by whom, within which limits."""
